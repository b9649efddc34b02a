import type { Command, Message } from './protocol.js';
import { TrainingSession } from './session.js';

// The engine's home in a page: commands come in, messages go out, and training runs in between.

const session = new TrainingSession((message: Message) => postMessage(message));
onmessage = ({ data }: MessageEvent<Command>) => session.handle(data);

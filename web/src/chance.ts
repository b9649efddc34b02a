/** Whether a share of right answers is about what guessing among so many classes would give. */
export const isLikeChance = (accuracy: number, classes: number): boolean => accuracy < Math.min(2 / classes, 0.2 + 0.6 / classes);

#include <toydl/error.h>
#include <toydl/parallel.h>

#include <atomic>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace toydl {
namespace {

/// Threads that wait for work: awake for a moment, because a training step has many pieces of work with little between
/// them, and then asleep.
class Pool {
 public:
  explicit Pool(Index helpers) {
    for (Index i = 0; i < helpers; ++i) helpers_.emplace_back([this] { help(); });
  }

  ~Pool() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      ++job_;
    }
    wake_.notify_all();
    for (auto& helper : helpers_) helper.join();
  }

  Index size() const { return static_cast<Index>(helpers_.size()) + 1; }

  /// Runs a part itself, and returns when all are done.
  void run(Index parts, Index count, Index unit, detail::RangeCall call, const void* work) {
    {
      const std::lock_guard lock(mutex_);
      // In a browser a thread may not start before the calling one has nothing to do: whoever is not there is not waited for.
      parts = std::min(parts, started_ + 1);
      const Index units = (count + unit - 1) / unit;
      length_ = (units + parts - 1) / parts * unit;
      count_ = count;
      call_ = call;
      work_ = work;
      running_ = started_;
      ++job_;
    }
    if (sleeping_ > 0) wake_.notify_all();
    run_part(0);
    for (int turn = 0; running_ != 0; ++turn) {
      if (turn > 1000) std::this_thread::yield();
    }
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  }

 private:
  void run_part(Index part) {
    const Index begin = std::min(part * length_, count_), end = std::min(begin + length_, count_);
    if (begin == end) return;
    try {
      call_(work_, begin, end);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
    }
  }

  void help() {
    inside = true;
    std::unique_lock lock(mutex_);
    const Index part = ++started_;
    for (uint32_t done = job_;; ++done) {
      lock.unlock();
      for (int turn = 0; job_ == done && turn < 20000; ++turn) {
      }
      lock.lock();
      ++sleeping_;
      wake_.wait(lock, [&] { return job_ != done || stopping_; });
      --sleeping_;
      if (stopping_) return;
      lock.unlock();
      run_part(part);
      --running_;
      lock.lock();
    }
  }

  std::vector<std::thread> helpers_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<uint32_t> job_ = 0;
  std::atomic<Index> running_ = 0;   // helpers that have not finished the job
  Index started_ = 0;                // helpers that take part in it
  std::atomic<Index> sleeping_ = 0;  // helpers that must be woken
  bool stopping_ = false;
  std::exception_ptr failure_;

  // The job: written under the mutex before job_ counts up, and read after.
  Index length_ = 0, count_ = 0;
  detail::RangeCall call_ = nullptr;
  const void* work_ = nullptr;

 public:
  /// Whether this thread is in a part already: what it begins there, it does alone.
  static thread_local bool inside;
};

thread_local bool Pool::inside = false;

std::unique_ptr<Pool> pool;
std::mutex pool_in_use;

}  // namespace

Index threads() { return pool ? pool->size() : 1; }

void set_threads(Index count) {
  if (count < 1 || count > 256) throw Error(ErrorCode::option, concat("threads must be 1 to 256, not ", count));
  const std::lock_guard lock(pool_in_use);
  if (count == threads()) return;
  pool.reset();
  if (count > 1) pool = std::make_unique<Pool>(count - 1);
}

void detail::run_parts(Index parts, Index count, Index unit, RangeCall call, const void* work) {
  // Another thread of the program may train a model of its own: the pool serves whoever came first.
  std::unique_lock lock(pool_in_use, std::defer_lock);
  if (Pool::inside || !lock.try_lock()) return call(work, 0, count);
  struct Inside {
    Inside() { Pool::inside = true; }
    ~Inside() { Pool::inside = false; }
  } const inside;
  pool->run(parts, count, unit, call, work);
}

}  // namespace toydl

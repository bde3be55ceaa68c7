//! A deep stack for recursive passes.
//!
//! Syntax trees of long operator chains are as deep as the chains are long. [`crate::parse`] bounds that depth, but the
//! bound is generous, and the main thread of a build script or a proc macro may have little stack left.

/// Reserved, not committed: pages are only used as far as a recursion really goes.
const STACK_BYTES: usize = 256 << 20;

/// Runs `work` on a thread with a deep stack and waits for it. A panic of `work` goes on in the caller.
///
/// Where no thread can be started, `work` runs on the caller's own stack.
pub fn deep<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let mut work = Some(work);
    let mut result = None;
    std::thread::scope(|scope| {
        let run = || result = work.take().map(|work| work());
        if let Ok(thread) = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, run)
            && let Err(panic) = thread.join()
        {
            std::panic::resume_unwind(panic);
        }
    });
    match (result, work) {
        (Some(result), _) => result,
        (None, Some(work)) => work(),
        (None, None) => unreachable!("the thread has either run the work or never started"),
    }
}

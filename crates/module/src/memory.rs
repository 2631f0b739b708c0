//! Nothing secret stays behind in memory.

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// Bytes of stack that are overwritten: more than any operation uses.
#[cfg(target_arch = "wasm32")]
const SCRUBBED: usize = 64 * 1024;

/// Overwrites the stack below the caller, where the calls that have returned may have left copies of a key.
///
/// The allocator erases what is freed, but a value that was passed along or held in a register's place on the stack is
/// erased by nobody else.
#[cfg(target_arch = "wasm32")]
#[inline(never)]
pub(crate) fn scrub_stack() {
    let mut below = [0u8; SCRUBBED];
    zeroize::Zeroize::zeroize(&mut below[..]);
    std::hint::black_box(&mut below);
}

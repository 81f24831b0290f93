#pragma once

/// What the chosen call does.
enum faulty_disk_kind {
  /// It fails with EIO, once.
  FAULTY_DISK_ERROR,
  /// It fails with ENOSPC, as does every later call that needs space.
  FAULTY_DISK_FULL,
  /// If it writes, it writes a half, and the next call that writes fails with ENOSPC.
  FAULTY_DISK_SHORT,
};

/// Lets the n-th call of this thread that writes, syncs, cuts, links or renames fail, counted from 1. Other
/// threads are not touched.
void faulty_disk_arm(long n, enum faulty_disk_kind kind);

/// Ends it and gives the number of calls that were counted since.
long faulty_disk_disarm(void);

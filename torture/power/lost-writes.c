/*
 * Notes what a program writes below one folder and what it has the system write through to the disk, so that a loss of power can be
 * replayed. Loaded with LD_PRELOAD. Changes nothing: every call goes on to the C library. Linux only.
 *
 * LOST_WRITES_ROOT: the folder. LOST_WRITES_JOURNAL: where the notes go.
 * A note: 1 byte kind, 3 bytes zero; in the machine's byte order 32 bits length of path, 32 bits length of second path, 32 bits zero,
 * 64 bits offset, 64 bits length of data; then path, second path, data.
 * Kinds: W write, T truncate, S file or folder synced, R rename, U unlink.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

struct note {
  char kind;
  char zero[3];
  uint32_t path_length;
  uint32_t second_length;
  uint32_t zero_too;
  uint64_t offset;
  uint64_t data_length;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int journal = -1;

static const char *root(void) {
  static const char *value = NULL;
  if (value == NULL) value = getenv("LOST_WRITES_ROOT");
  return value;
}

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

/* The system call itself: the journal must not be noted. */
static void put(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    long written = syscall(SYS_write, journal, at, length);
    if (written <= 0) abort();
    at += written;
    length -= (size_t)written;
  }
}

static void note(char kind, const char *path, const char *second, uint64_t offset, const void *data, uint64_t length) {
  struct note head = {0};
  pthread_mutex_lock(&lock);
  if (journal < 0) {
    const char *name = getenv("LOST_WRITES_JOURNAL");
    if (name != NULL) journal = (int)syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (journal < 0) abort();
  }
  head.kind = kind;
  head.path_length = (uint32_t)strlen(path);
  head.second_length = second == NULL ? 0 : (uint32_t)strlen(second);
  head.offset = offset;
  head.data_length = length;
  put(&head, sizeof head);
  put(path, head.path_length);
  if (second != NULL) put(second, head.second_length);
  if (length > 0) put(data, length);
  pthread_mutex_unlock(&lock);
}

static int is_below(const char *path) {
  const char *folder = root();
  size_t length = folder == NULL ? 0 : strlen(folder);
  return length > 0 && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* The path of an open file, when it lies below the folder. */
static int path_of(int fd, char *path) {
  char link[64];
  ssize_t length;
  if (root() == NULL) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = '\0';
  return is_below(path);
}

static int absolute(const char *path, char *full) {
  if (path[0] == '/') snprintf(full, PATH_MAX, "%s", path);
  else {
    char folder[PATH_MAX];
    if (getcwd(folder, sizeof folder) == NULL) return 0;
    if (snprintf(full, PATH_MAX, "%s/%s", folder, path) >= PATH_MAX) return 0;
  }
  return is_below(full);
}

static void note_written(int fd, const void *data, ssize_t written, off64_t offset) {
  char path[PATH_MAX];
  if (written > 0 && path_of(fd, path)) note('W', path, NULL, (uint64_t)offset, data, (uint64_t)written);
}

static void note_vector(int fd, const struct iovec *parts, int count, ssize_t written, off64_t offset) {
  for (int at = 0; at < count && written > 0; at += 1) {
    ssize_t length = (ssize_t)parts[at].iov_len < written ? (ssize_t)parts[at].iov_len : written;
    note_written(fd, parts[at].iov_base, length, offset);
    offset += length;
    written -= length;
  }
}

/* A write without an offset has moved the file's own position: it began where that stands now, less what was written. */
static off64_t began(int fd, ssize_t written) { return lseek64(fd, 0, SEEK_CUR) - written; }

ssize_t write(int fd, const void *data, size_t length) {
  static ssize_t (*real)(int, const void *, size_t);
  if (real == NULL) real = next("write");
  ssize_t written = real(fd, data, length);
  char path[PATH_MAX];
  if (written > 0 && path_of(fd, path)) note_written(fd, data, written, began(fd, written));
  return written;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  static ssize_t (*real)(int, const struct iovec *, int);
  if (real == NULL) real = next("writev");
  ssize_t written = real(fd, parts, count);
  char path[PATH_MAX];
  if (written > 0 && path_of(fd, path)) note_vector(fd, parts, count, written, began(fd, written));
  return written;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  static ssize_t (*real)(int, const void *, size_t, off64_t);
  if (real == NULL) real = next("pwrite64");
  ssize_t written = real(fd, data, length, offset);
  note_written(fd, data, written, offset);
  return written;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
  return pwrite64(fd, data, length, (off64_t)offset);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
  static ssize_t (*real)(int, const struct iovec *, int, off64_t);
  if (real == NULL) real = next("pwritev64");
  ssize_t written = real(fd, parts, count, offset);
  note_vector(fd, parts, count, written, offset);
  return written;
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  return pwritev64(fd, parts, count, (off64_t)offset);
}

int ftruncate64(int fd, off64_t length) {
  static int (*real)(int, off64_t);
  if (real == NULL) real = next("ftruncate64");
  int result = real(fd, length);
  char path[PATH_MAX];
  if (result == 0 && path_of(fd, path)) note('T', path, NULL, (uint64_t)length, NULL, 0);
  return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, (off64_t)length); }

static int synced(int fd, int result) {
  char path[PATH_MAX];
  if (result == 0 && path_of(fd, path)) note('S', path, NULL, 0, NULL, 0);
  return result;
}

int fsync(int fd) {
  static int (*real)(int);
  if (real == NULL) real = next("fsync");
  return synced(fd, real(fd));
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (real == NULL) real = next("fdatasync");
  return synced(fd, real(fd));
}

int rename(const char *from, const char *to) {
  static int (*real)(const char *, const char *);
  char full_from[PATH_MAX], full_to[PATH_MAX];
  if (real == NULL) real = next("rename");
  int result = real(from, to);
  if (result == 0 && absolute(from, full_from) && absolute(to, full_to)) note('R', full_from, full_to, 0, NULL, 0);
  return result;
}

int unlink(const char *path) {
  static int (*real)(const char *);
  char full[PATH_MAX];
  if (real == NULL) real = next("unlink");
  int result = real(path);
  if (result == 0 && absolute(path, full)) note('U', full, NULL, 0, NULL, 0);
  return result;
}

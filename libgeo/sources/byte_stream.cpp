// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/byte_stream.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"

namespace geo {

namespace {

std::string reason(int error) { return std::generic_category().message(error); }

class PlainStream final : public ByteStream {
  public:
    explicit PlainStream(std::shared_ptr<const InputFile> file) : file_(std::move(file)) {}

    std::size_t read(char* into, std::size_t n) override {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(n, file_->size() - at_));
        file_->read_at(at_, into, wanted);
        at_ += wanted;
        if (at_ == file_->size()) file_->verify_unchanged();
        return wanted;
    }
    void rewind() override {
        file_->verify_unchanged();
        at_ = 0;
    }
    double progress() const override { return static_cast<double>(at_) / static_cast<double>(file_->size()); }

  private:
    std::shared_ptr<const InputFile> file_;
    std::uint64_t at_ = 0;
};

}  // namespace

std::uint64_t allowed_expansion(std::uint64_t packed) {
    const std::uint64_t by_ratio = packed > kMostUnpacked / kMostExpansion ? kMostUnpacked : packed * kMostExpansion;
    return std::max(by_ratio, kAlwaysAllowed);
}

InputFile::InputFile(const std::filesystem::path& path, std::string shown) : shown_(std::move(shown)) {
    // Not blocking: a FIFO without a writer would hold us for ever.
    handle_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (handle_ < 0) throw DataError(fmt::format("{}: cannot be read: {}", printable(shown_), reason(errno)));
    struct stat status {};
    std::string fault;
    if (::fstat(handle_, &status) != 0) {
        fault = "cannot be read: " + reason(errno);
    } else if (S_ISDIR(status.st_mode)) {
        fault = "is a directory; a file is needed";
    } else if (!S_ISREG(status.st_mode)) {
        fault = "is not a regular file (a pipe or a device); save it as a file first";
    } else if (status.st_size == 0) {
        fault = "is empty (0 bytes)";
    }
    if (!fault.empty()) {
        ::close(handle_);
        throw DataError(fmt::format("{}: {}", printable(shown_), fault));
    }
    size_ = static_cast<std::uint64_t>(status.st_size);
    changed_seconds_ = status.st_mtim.tv_sec;
    changed_nanoseconds_ = status.st_mtim.tv_nsec;
#ifdef POSIX_FADV_SEQUENTIAL
    ::posix_fadvise(handle_, 0, 0, POSIX_FADV_SEQUENTIAL);
#endif
}

InputFile::~InputFile() { ::close(handle_); }

void InputFile::read_at(std::uint64_t offset, char* into, std::size_t n) const {
    while (n > 0) {
        const auto got = ::pread(handle_, into, n, static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw DataError(fmt::format("{}: cannot be read: {}", printable(shown_), reason(errno)));
        if (got == 0) {
            throw DataError(fmt::format("{}: became shorter while it was read; run again when nobody writes it",
                                        printable(shown_)));
        }
        into += got;
        offset += static_cast<std::uint64_t>(got);
        n -= static_cast<std::size_t>(got);
    }
}

void InputFile::verify_unchanged() const {
    struct stat status {};
    if (::fstat(handle_, &status) != 0) throw DataError(fmt::format("{}: {}", printable(shown_), reason(errno)));
    if (static_cast<std::uint64_t>(status.st_size) != size_ || status.st_mtim.tv_sec != changed_seconds_ ||
        status.st_mtim.tv_nsec != changed_nanoseconds_) {
        throw DataError(
            fmt::format("{}: changed while it was read; run again when nobody writes it", printable(shown_)));
    }
}

std::unique_ptr<ByteStream> plain_stream(std::shared_ptr<const InputFile> file) {
    return std::make_unique<PlainStream>(std::move(file));
}

std::string read_all(ByteStream& stream, std::uint64_t limit, const std::string& shown) {
    std::string bytes;
    std::size_t step = std::size_t{1} << 16;
    for (;;) {
        const std::size_t had = bytes.size();
        bytes.resize(had + step);
        const std::size_t got = stream.read(bytes.data() + had, step);
        bytes.resize(had + got);
        if (bytes.size() > limit) {
            throw DataError(
                fmt::format("{}: is larger than {} MiB, the most that is read at once from this format; "
                            "convert it to GeoPackage or CSV",
                            printable(shown), limit >> 20));
        }
        if (got < step) return bytes;
        step = std::min(bytes.size(), std::size_t{64} << 20);
    }
}

}  // namespace geo

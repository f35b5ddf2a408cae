// SPDX-License-Identifier: Apache-2.0
// Unpacking streams of byte_stream.h: .gz files and members of .zip files.
#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <array>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/sources/byte_stream.h"

namespace geo {

namespace {

constexpr int kGzip = 15 + 16;
constexpr int kRaw = -15;

/// Unpacks [offset, offset + packed) of a file, piece by piece.
class Inflater {
  public:
    Inflater(std::shared_ptr<const InputFile> file, std::uint64_t offset, std::uint64_t packed, int window,
             std::string shown)
        : file_(std::move(file)),
          begin_(offset),
          end_(offset + packed),
          at_(offset),
          window_(window),
          shown_(std::move(shown)) {
        if (inflateInit2(&stream_, window_) != Z_OK) throw EnvironmentError("zlib cannot be started");
    }
    ~Inflater() { inflateEnd(&stream_); }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    std::size_t read(char* into, std::size_t n) {
        const std::size_t wanted = n;
        while (n > 0 && !finished_) {
            if (stream_.avail_in == 0) refill();
            const auto room = static_cast<uInt>(std::min<std::size_t>(n, std::size_t{1} << 30));
            stream_.next_out = reinterpret_cast<Bytef*>(into);
            stream_.avail_out = room;
            const int status = inflate(&stream_, Z_NO_FLUSH);
            const std::size_t got = room - stream_.avail_out;
            into += got;
            n -= got;
            count(got);
            if (status == Z_STREAM_END) {
                end_of_member();
            } else if (status != Z_OK && status != Z_BUF_ERROR) {
                throw DataError(fmt::format("{}: cannot be unpacked: {}", printable(shown_),
                                            stream_.msg ? stream_.msg : "damaged"));
            } else if (got == 0 && stream_.avail_in == 0 && at_ == end_) {
                throw DataError(fmt::format("{}: cut short: the packed data end too early; download the file again",
                                            printable(shown_)));
            }
        }
        return wanted - n;
    }

    void rewind() {
        file_->verify_unchanged();
        inflateReset2(&stream_, window_);
        stream_.avail_in = 0;
        at_ = begin_;
        unpacked_ = 0;
        finished_ = false;
    }

    double progress() const {
        return end_ == begin_ ? 1.0 : static_cast<double>(at_ - begin_) / static_cast<double>(end_ - begin_);
    }
    bool finished() const { return finished_; }
    std::uint64_t unpacked() const { return unpacked_; }

  private:
    void refill() {
        const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(input_.size(), end_ - at_));
        file_->read_at(at_, input_.data(), n);
        at_ += n;
        stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
        stream_.avail_in = static_cast<uInt>(n);
    }

    void count(std::size_t got) {
        unpacked_ += got;
        const std::uint64_t allowed = std::min(allowed_expansion(end_ - begin_), kMostUnpacked);
        if (unpacked_ > allowed) {
            throw DataError(fmt::format(
                "{}: unpacks to more than {} MiB from {} bytes; that is refused (at most 200-fold and 4 GiB)",
                printable(shown_), allowed >> 20, grouped(end_ - begin_)));
        }
    }

    /// A .gz may hold several members, one after the other; zeros after the last are padding.
    void end_of_member() {
        for (;;) {
            if (stream_.avail_in == 0) {
                if (at_ == end_) break;
                refill();
            }
            if (*stream_.next_in != 0) break;
            ++stream_.next_in;
            --stream_.avail_in;
        }
        finished_ = stream_.avail_in == 0 && at_ == end_;
        if (finished_) return file_->verify_unchanged();
        if (window_ != kGzip || *stream_.next_in != 0x1f) {
            throw DataError(
                fmt::format("{}: there is something after the packed data; the file is damaged", printable(shown_)));
        }
        inflateReset(&stream_);
    }

    std::shared_ptr<const InputFile> file_;
    std::uint64_t begin_, end_, at_;
    int window_;
    std::string shown_;
    z_stream stream_{};
    std::array<char, 1 << 16> input_{};
    std::uint64_t unpacked_ = 0;
    bool finished_ = false;
};

class GzipStream final : public ByteStream {
  public:
    explicit GzipStream(const std::shared_ptr<const InputFile>& file)
        : inflater_(file, 0, file->size(), kGzip, file->shown()) {}
    std::size_t read(char* into, std::size_t n) override { return inflater_.read(into, n); }
    void rewind() override { inflater_.rewind(); }
    double progress() const override { return inflater_.progress(); }

  private:
    Inflater inflater_;
};

/// A member of a .zip: its length and check sum must be what the archive says.
class MemberStream final : public ByteStream {
  public:
    MemberStream(std::shared_ptr<const InputFile> file, const PackedRange& range, std::string shown)
        : file_(file),
          range_(range),
          shown_(shown),
          inflater_(std::move(file), range.offset, range.packed, kRaw, std::move(shown)) {}

    std::size_t read(char* into, std::size_t n) override {
        const std::size_t got = range_.deflated ? inflater_.read(into, n) : read_stored(into, n);
        sum_ = static_cast<std::uint32_t>(crc32_z(sum_, reinterpret_cast<const Bytef*>(into), got));
        at_ += got;
        if (at_ > range_.unpacked || (got < n && at_ != range_.unpacked)) {
            throw DataError(
                fmt::format("{}: is not as long as its archive says; the archive is damaged", printable(shown_)));
        }
        if (got < n && sum_ != range_.crc) {
            throw DataError(fmt::format("{}: its check sum is wrong; the archive is damaged", printable(shown_)));
        }
        return got;
    }
    void rewind() override {
        inflater_.rewind();
        at_ = 0;
        sum_ = 0;
    }
    double progress() const override {
        return range_.unpacked == 0 ? 1.0 : static_cast<double>(at_) / static_cast<double>(range_.unpacked);
    }

  private:
    std::size_t read_stored(char* into, std::size_t n) const {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(n, range_.packed - at_));
        file_->read_at(range_.offset + at_, into, wanted);
        if (wanted < n) file_->verify_unchanged();
        return wanted;
    }

    std::shared_ptr<const InputFile> file_;
    PackedRange range_;
    std::string shown_;
    Inflater inflater_;
    std::uint64_t at_ = 0;
    std::uint32_t sum_ = 0;
};

}  // namespace

std::unique_ptr<ByteStream> gzip_stream(const std::shared_ptr<const InputFile>& file) {
    return std::make_unique<GzipStream>(file);
}

std::unique_ptr<ByteStream> member_stream(std::shared_ptr<const InputFile> file, const PackedRange& range,
                                          std::string shown) {
    return std::make_unique<MemberStream>(std::move(file), range, std::move(shown));
}

}  // namespace geo

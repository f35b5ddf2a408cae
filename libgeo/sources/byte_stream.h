// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace geo {

/// What a packed file may grow to: 200-fold and 4 GiB, whichever is less, but 16 MiB always.
inline constexpr std::uint64_t kMostUnpacked = std::uint64_t{4} << 30;
inline constexpr std::uint64_t kMostExpansion = 200;
inline constexpr std::uint64_t kAlwaysAllowed = std::uint64_t{16} << 20;
/// How many bytes `packed` bytes may become.
std::uint64_t allowed_expansion(std::uint64_t packed);

/// Bytes of a file from its beginning, as they are or unpacked on the way. All failures are DataError and begin with
/// the name that the user knows the file by. One thread at a time.
class ByteStream {
  public:
    virtual ~ByteStream() = default;
    /// Fills `into` as far as there are bytes; fewer than `n` only at the end. At the end the file is compared with
    /// what it was when opened (size and time of change), and check sums are compared.
    virtual std::size_t read(char* into, std::size_t n) = 0;
    /// From the beginning again. The file must not have changed since it was opened.
    virtual void rewind() = 0;
    /// 0 to 1.
    virtual double progress() const = 0;
};

/// An open regular file, for reading at any place. Shared by streams.
class InputFile {
  public:
    /// Throws DataError `SHOWN: no such file`, `SHOWN: is a directory`, `SHOWN: is not a regular file`, …
    InputFile(const std::filesystem::path& path, std::string shown);
    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    std::uint64_t size() const { return size_; }
    const std::string& shown() const { return shown_; }
    /// Exactly `n` bytes, else DataError (the file became shorter).
    void read_at(std::uint64_t offset, char* into, std::size_t n) const;
    /// Throws DataError when size or time of change differ from those at opening.
    void verify_unchanged() const;

  private:
    std::string shown_;
    int handle_ = -1;
    std::uint64_t size_ = 0;
    std::int64_t changed_seconds_ = 0, changed_nanoseconds_ = 0;
};

std::unique_ptr<ByteStream> plain_stream(std::shared_ptr<const InputFile> file);
/// A .gz file: all its members, one after the other.
std::unique_ptr<ByteStream> gzip_stream(const std::shared_ptr<const InputFile>& file);

/// Where a member of a .zip lies.
struct PackedRange {
    std::uint64_t offset = 0, packed = 0, unpacked = 0;
    std::uint32_t crc = 0;
    bool deflated = false;
};
std::unique_ptr<ByteStream> member_stream(std::shared_ptr<const InputFile> file, const PackedRange& range,
                                          std::string shown);

/// All bytes of a stream; DataError when there are more than `limit`.
std::string read_all(ByteStream& stream, std::uint64_t limit, const std::string& shown);

}  // namespace geo

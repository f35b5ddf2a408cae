// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/flatgeobuf_whole.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "libgeo/sources/byte_stream.h"

namespace geo {

namespace {

constexpr std::uint64_t kMagic = 8;   // "fgb", version, "fgb", version
constexpr std::uint64_t kLength = 4;  // before the header and before each feature: its size, least byte first
constexpr std::uint64_t kWindow = std::uint64_t{1} << 20;

/// Lengths at any place of a file that is walked from front to back.
class Lengths {
  public:
    explicit Lengths(const InputFile& file) : file_(file) {}
    /// Where the next part begins after the one whose length stands at `at`; none when that is beyond the end.
    std::optional<std::uint64_t> after(std::uint64_t at) {
        if (at + kLength > file_.size()) return std::nullopt;
        if (at < begin_ || at + kLength > begin_ + window_.size()) {
            begin_ = at;
            window_.resize(std::min(kWindow, file_.size() - at));
            file_.read_at(at, window_.data(), window_.size());
        }
        std::uint64_t length = 0;
        for (std::uint64_t i = kLength; i-- > 0;)
            length = length << 8 | static_cast<unsigned char>(window_[at - begin_ + i]);
        const std::uint64_t next = at + kLength + length;
        return next <= file_.size() ? std::optional(next) : std::nullopt;
    }

  private:
    const InputFile& file_;
    std::uint64_t begin_ = 0;
    std::vector<char> window_;
};

}  // namespace

bool flatgeobuf_is_whole(const std::filesystem::path& path, std::uint64_t features) {
    const InputFile file(path, path.filename().string());
    Lengths lengths(file);
    std::optional<std::uint64_t> at = lengths.after(kMagic);
    for (std::uint64_t i = 0; i < features && at; ++i) at = lengths.after(*at);
    return at && *at == file.size();
}

}  // namespace geo

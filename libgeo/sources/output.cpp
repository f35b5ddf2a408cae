// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/output.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cstdio>
#include <cstdlib>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/sources/temporaries.h"

namespace geo {

namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 18;
constexpr int kTries = 100;

std::string reason(int error) { return std::generic_category().message(error); }

[[noreturn]] void fail(const std::filesystem::path& path, int error) {
    const std::string message = fmt::format("{}: {}", printable(path.string(), 300), reason(error));
    if (error == EPIPE) throw ReaderGone(message);
    throw EnvironmentError(message);
}

/// The number of our own open file that `name` stands for; none where it stands for another file.
std::optional<int> own_handle(std::string_view name) {
    if (name == "/dev/stdout") return STDOUT_FILENO;
    if (name == "/dev/stderr") return STDERR_FILENO;
    for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
        if (!name.starts_with(folder)) continue;
        const std::string_view digits = name.substr(folder.size());
        int handle = -1;
        const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), handle);
        if (fault == std::errc{} && end == digits.data() + digits.size()) return handle;
    }
    return std::nullopt;
}

}  // namespace

bool is_own_handle(const std::filesystem::path& path) { return own_handle(path.native()).has_value(); }

struct OutputFile::State {
    std::filesystem::path path;       ///< as the user says it
    std::filesystem::path target;     ///< where it goes: `path` with links followed
    std::filesystem::path temporary;  ///< empty: written directly
    int handle = -1;
    std::size_t noted = 0;  ///< of `temporary`
    bool replace = false, committed = false;
    mode_t mode = 0;  ///< of the file that is replaced; 0: there is none
    std::string pending;

    ~State() {
        if (handle >= 0) ::close(handle);
        if (temporary.empty()) return;
        if (!committed) remove_temporary(temporary);
        forget_temporary(noted);
    }

    void open_directly() {
        const auto own = own_handle(path.native());
        // Opening it again by its name would write over the beginning of what `>>` appends to.
        handle = own ? ::fcntl(*own, F_DUPFD_CLOEXEC, 3) : ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (handle < 0) fail(path, errno);
    }

    void open_temporary() {
        const std::filesystem::path folder =
            target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
        int error = 0;
        for (int i = 0; i < kTries; ++i) {
            // GDAL's drivers look at the ending.
            temporary = folder / fmt::format(".{}.tmp-{}-{}{}", target.filename().string(), ::getpid(), i,
                                             target.extension().string());
            noted = note_temporary(temporary);  // before it is there: no signal may come between
            handle = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
            if (handle >= 0) return;
            error = errno;
            forget_temporary(noted);
            if (error != EEXIST) break;
        }
        temporary.clear();
        if (error == ENOENT || error == ENOTDIR) {
            throw EnvironmentError(
                fmt::format("{}: its folder does not exist; make it first", printable(path.string(), 300)));
        }
        if (error == EACCES || error == EROFS || error == EPERM) {
            throw EnvironmentError(
                fmt::format("{}: its folder is not writable: {}", printable(path.string(), 300), reason(error)));
        }
        fail(path, error);
    }

    void write_all(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto written = ::write(handle, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) fail(path, errno);
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }

    /// Without `replace` a file that came into being meanwhile is kept.
    void move_into_place() const {
        if (replace) {
            if (::rename(temporary.c_str(), target.c_str()) != 0) fail(path, errno);
            return;
        }
        if (::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0) return;
        if (errno != EINVAL && errno != ENOSYS) fail(path, errno);
        if (::link(temporary.c_str(), target.c_str()) != 0) fail(path, errno);  // a file system without that flag
        ::unlink(temporary.c_str());
    }
};

OutputFile::OutputFile(const std::filesystem::path& path, bool replace) : state_(std::make_unique<State>()) {
    state_->path = state_->target = path;
    state_->replace = replace;
    if (is_own_handle(path)) {
        state_->open_directly();
        return;
    }
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0) {
        if (S_ISDIR(status.st_mode))
            throw UsageError(fmt::format("{}: is a directory; name a file", printable(path.string(), 300)));
        if (!S_ISREG(status.st_mode)) {
            state_->open_directly();
            return;
        }
        if (!replace)
            throw UsageError(fmt::format("{}: exists already; `--force` replaces it", printable(path.string(), 300)));
        state_->mode = status.st_mode & 07777;
    }
    std::error_code none, fault;
    if (std::filesystem::is_symlink(std::filesystem::symlink_status(path, none)))
        state_->target = std::filesystem::weakly_canonical(path, fault);
    if (fault || state_->target.filename().empty()) fail(path, fault ? fault.value() : EISDIR);
    state_->open_temporary();
}

OutputFile::~OutputFile() = default;
OutputFile::OutputFile(OutputFile&&) noexcept = default;
OutputFile& OutputFile::operator=(OutputFile&&) noexcept = default;

const std::filesystem::path& OutputFile::path() const { return state_->path; }
const std::filesystem::path& OutputFile::temporary_path() const { return state_->temporary; }

void OutputFile::write(std::string_view bytes) {
    state_->pending.append(bytes);
    if (state_->pending.size() < kBuffer) return;
    state_->write_all(state_->pending);
    state_->pending.clear();
}

void OutputFile::hand_over() {
    ::close(state_->handle);
    state_->handle = -1;
    ::unlink(state_->temporary.c_str());
}

void OutputFile::prepare() {
    State& state = *state_;
    if (state.handle < 0) {  // handed over: the library has closed it
        state.handle = ::open(state.temporary.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
        if (state.handle < 0) fail(state.path, errno);
    }
    state.write_all(state.pending);
    state.pending.clear();
    if (!state.temporary.empty()) {
        // Of several outputs none is put in its place where one of them cannot be.
        struct stat status {};
        if (!state.replace && ::lstat(state.target.c_str(), &status) == 0) fail(state.path, EEXIST);
        if (state.mode != 0 && ::fchmod(state.handle, state.mode) != 0) fail(state.path, errno);
        if (::fsync(state.handle) != 0) fail(state.path, errno);
    }
}

void OutputFile::commit() {
    prepare();
    State& state = *state_;
    const int handle = std::exchange(state.handle, -1);
    if (::close(handle) != 0) fail(state.path, errno);
    if (!state.temporary.empty()) state.move_into_place();
    state.committed = true;
}

namespace {

/// Would a spreadsheet run it? Full-width signs too: some take them for the narrow ones.
bool begins_formula(std::string_view cell) {
    constexpr std::string_view kWide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};  // = + - @
    if (cell.empty()) return false;
    if (std::string_view("=+-@\t\r\n").find(cell.front()) != std::string_view::npos) return true;
    return std::any_of(std::begin(kWide), std::end(kWide),
                       [&](std::string_view sign) { return cell.starts_with(sign); });
}

/// ASCII that can be seen, without what CSV gives a meaning, and no space at either end.
bool is_plain(std::string_view cell) {
    if (cell.empty()) return true;
    return cell.front() != ' ' && cell.back() != ' ' &&
           std::all_of(cell.begin(), cell.end(), [](char c) { return c >= ' ' && c <= '~' && c != ',' && c != '"'; });
}

}  // namespace

void append_csv_text(std::string& out, std::string_view cell) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    const bool formula = begins_formula(cell);
    if (!formula && is_plain(cell)) {  // nearly every cell
        out += cell;
        return;
    }
    const bool quoted = formula || cell.find_first_of(",\"\n\r") != std::string_view::npos ||
                        (!cell.empty() && (cell.front() == ' ' || cell.back() == ' '));
    if (quoted) out += '"';
    if (formula) out += '\'';
    std::size_t hidden = 0;  // bytes of such a character that are still to come
    for (std::size_t i = 0; i < cell.size(); ++i) {
        const char c = cell[i];
        const auto byte = static_cast<unsigned char>(c);
        if (hidden == 0 && (byte == 0xC2 || byte == 0xE2 || byte == 0xEF)) hidden = hidden_length(cell.substr(i));
        if (c == '"') {
            out += "\"\"";
        } else if (hidden != 0 || (byte < 0x20 && c != '\n' && c != '\r') || byte == 0x7F) {
            out += "\\x";
            out += kHex[byte >> 4];
            out += kHex[byte & 15];
            hidden -= hidden != 0;
        } else {
            out += c;
        }
    }
    if (quoted) out += '"';
}

}  // namespace geo

// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/zip_archive.h"

#include <fmt/core.h>

#include <algorithm>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"

namespace geo {

namespace {

constexpr std::size_t kMostMembers = 1000;
constexpr std::size_t kEndRecord = 22, kDirectoryEntry = 46, kLocalHeader = 30;

[[noreturn]] void fail(const InputFile& file, const std::string& what) {
    throw DataError(fmt::format("{}: {}", printable(file.shown()), what));
}

std::uint64_t little(const std::string& bytes, std::size_t at, int count) {
    std::uint64_t value = 0;
    for (int i = count - 1; i >= 0; --i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

std::string bytes_at(const InputFile& file, std::uint64_t offset, std::uint64_t n) {
    if (offset > file.size() || n > file.size() - offset)
        fail(file, "the archive is damaged or cut short; download it again");
    std::string bytes(static_cast<std::size_t>(n), '\0');
    file.read_at(offset, bytes.data(), bytes.size());
    return bytes;
}

struct Directory {
    std::uint64_t offset = 0, size = 0, members = 0;
};

Directory find_directory(const InputFile& file) {
    const std::uint64_t tail_size = std::min<std::uint64_t>(file.size(), 65535 + kEndRecord);
    const std::string tail = bytes_at(file, file.size() - tail_size, tail_size);
    const std::size_t at = tail.rfind(std::string("PK\5\6"));
    if (at == std::string::npos || at + kEndRecord > tail.size()) {
        fail(file, "is not a whole .zip (its directory is missing); download it again");
    }
    const Directory found{little(tail, at + 16, 4), little(tail, at + 12, 4), little(tail, at + 10, 2)};
    if (found.offset == 0xFFFFFFFF || found.size == 0xFFFFFFFF || found.members == 0xFFFF) {
        fail(file, "is a ZIP64 archive; unpack it and name the file inside");
    }
    if (found.members > kMostMembers) {
        fail(file, fmt::format("holds {} members; at most {} are read; unpack it and name the file inside",
                               grouped(found.members), grouped(kMostMembers)));
    }
    return found;
}

bool leads_out(const std::string& name) {
    if (name.empty() || name.front() == '/' || name.find('\0') != std::string::npos) return true;
    if (name.size() > 1 && name[1] == ':') return true;
    const std::string padded = "/" + name + "/";
    return padded.find("/../") != std::string::npos;
}

bool is_clutter(const std::string& name) {
    const std::size_t slash = name.rfind('/');
    const std::string last = slash == std::string::npos ? name : name.substr(slash + 1);
    return last.empty() || last.front() == '.' || name.starts_with("__MACOSX/");
}

/// Reads the entry at `at` and moves past it.
ZipMember read_entry(const InputFile& file, const std::string& directory, std::size_t& at) {
    if (at + kDirectoryEntry > directory.size() || directory.compare(at, 4, "PK\1\2") != 0)
        fail(file, "the archive's directory is damaged");
    const std::size_t name_size = little(directory, at + 28, 2);
    const std::size_t rest = little(directory, at + 30, 2) + little(directory, at + 32, 2);
    if (at + kDirectoryEntry + name_size + rest > directory.size()) fail(file, "the archive's directory is damaged");
    ZipMember member;
    member.name = directory.substr(at + kDirectoryEntry, name_size);
    if (!is_utf8(member.name)) member.name = utf8_from_windows_1252(member.name);
    std::replace(member.name.begin(), member.name.end(), '\\', '/');
    if (leads_out(member.name))
        fail(file, fmt::format("member `{}` leads out of the archive; refused", printable(member.name)));
    const auto flags = little(directory, at + 8, 2), method = little(directory, at + 10, 2);
    if ((flags & 1) != 0) fail(file, fmt::format("member `{}` is encrypted; unpack it first", printable(member.name)));
    if (method != 0 && method != 8) {
        fail(file, fmt::format("member `{}` is packed in a way that is not read (method {}); unpack it first",
                               printable(member.name), method));
    }
    member.range = {little(directory, at + 42, 4), little(directory, at + 20, 4), little(directory, at + 24, 4),
                    static_cast<std::uint32_t>(little(directory, at + 16, 4)), method == 8};
    if (method == 0 && member.range.packed != member.range.unpacked) fail(file, "the archive's directory is damaged");
    at += kDirectoryEntry + name_size + rest;
    return member;
}

/// From the offset of a local header to that of the data behind it.
void go_to_data(const InputFile& file, ZipMember& member) {
    const std::string header = bytes_at(file, member.range.offset, kLocalHeader);
    if (header.compare(0, 4, "PK\3\4") != 0)
        fail(file, fmt::format("member `{}` is not where the directory says", printable(member.name)));
    member.range.offset += kLocalHeader + little(header, 26, 2) + little(header, 28, 2);
    if (member.range.offset > file.size() || member.range.packed > file.size() - member.range.offset) {
        fail(file, fmt::format("member `{}` is cut short; download the archive again", printable(member.name)));
    }
}

void check_sizes(const InputFile& file, std::vector<ZipMember> members) {
    std::uint64_t unpacked = 0;
    for (const ZipMember& member : members) unpacked += member.range.unpacked;
    const std::uint64_t allowed = std::min(allowed_expansion(file.size()), kMostUnpacked);
    if (unpacked > allowed) {
        fail(file, fmt::format("unpacks to {} bytes from {}; that is refused (at most 200-fold and 4 GiB)",
                               grouped(unpacked), grouped(file.size())));
    }
    std::sort(members.begin(), members.end(),
              [](const auto& a, const auto& b) { return a.range.offset < b.range.offset; });
    for (std::size_t i = 1; i < members.size(); ++i) {
        const PackedRange& before = members[i - 1].range;
        if (before.offset + before.packed > members[i].range.offset)
            fail(file, "members of the archive overlap; refused");
    }
}

}  // namespace

std::vector<ZipMember> zip_members(const InputFile& file) {
    const Directory directory = find_directory(file);
    const std::string bytes = bytes_at(file, directory.offset, directory.size);
    std::vector<ZipMember> members;
    std::size_t at = 0;
    for (std::uint64_t i = 0; i < directory.members; ++i) {
        ZipMember member = read_entry(file, bytes, at);
        if (is_clutter(member.name)) continue;
        go_to_data(file, member);
        members.push_back(std::move(member));
    }
    check_sizes(file, members);
    return members;
}

}  // namespace geo

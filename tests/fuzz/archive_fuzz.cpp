// SPDX-License-Identifier: Apache-2.0
// Any bytes are a .gz or a .zip that unpacks to what it says, within what is allowed, or one DataError. The first byte says which (`g` or any other).
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/sources/byte_stream.h"
#include "libgeo/sources/zip_archive.h"

namespace {

void expect(bool holds) {
    if (!holds) std::abort();
}

/// Twice the same bytes, the second time in small pieces.
std::string unpacked(geo::ByteStream& stream) {
    const std::string all = geo::read_all(stream, geo::kAlwaysAllowed, "fuzz");
    stream.rewind();
    std::string again, piece(997, '\0');
    for (std::size_t got = piece.size(); got == piece.size();) {
        got = stream.read(piece.data(), piece.size());
        again.append(piece, 0, got);
        if (again.size() > 100'000) return all;  // enough of it
    }
    expect(again == all);
    return all;
}

void read_zip(const std::shared_ptr<const geo::InputFile>& file) {
    for (const geo::ZipMember& member : geo::zip_members(*file)) {
        expect(geo::is_utf8(member.name) && !member.name.empty() && member.name.front() != '/');
        expect(("/" + member.name + "/").find("/../") == std::string::npos);
        expect(member.range.offset <= file->size() && member.range.packed <= file->size() - member.range.offset);
        try {
            expect(unpacked(*geo::member_stream(file, member.range, member.name)).size() == member.range.unpacked);
        } catch (const geo::DataError&) {
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static const std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("cordon-fuzz-" + std::to_string(getpid()) + ".packed");
    if (size == 0) return 0;
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(data + 1), static_cast<std::streamsize>(size - 1));
    try {
        const auto file = std::make_shared<const geo::InputFile>(path, "fuzz");
        if (data[0] == 'g') {
            unpacked(*geo::gzip_stream(file));
        } else {
            read_zip(file);
        }
    } catch (const geo::DataError& error) {
        expect(geo::printable(error.what(), std::string::npos) == error.what());  // one line of plain characters
    }
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"

namespace geo {

namespace {

/// A file without a name in the folder of `output`: gone with us, whatever happens. -1 with errno where none can be made.
int nameless_file(const std::filesystem::path& output) {
    const std::filesystem::path folder = output.has_parent_path() ? output.parent_path() : std::filesystem::path(".");
    const int handle = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (handle >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return handle;
    // A file system that cannot do that: a name, for a moment, that shows what it is.
    std::string name = (folder / ("." + output.filename().string() + ".tmp-rows-XXXXXX")).string();
    const int named = ::mkostemp(name.data(), O_CLOEXEC);
    if (named >= 0) ::unlink(name.c_str());
    return named;
}

}  // namespace

Spool::Spool(const std::filesystem::path& output) : shown_(printable(output.string())) {
    const int descriptor = nameless_file(output);
    if (descriptor < 0) throw EnvironmentError(shown_ + ": cannot write in its folder: " + std::strerror(errno));
    file_.reset(::fdopen(descriptor, "w+b"));
    if (!file_) {
        ::close(descriptor);
        throw EnvironmentError(shown_ + ": " + std::strerror(errno));
    }
}

void Spool::put(const void* bytes, std::size_t size) {
    if (size != 0 && std::fwrite(bytes, 1, size, file_.get()) != size)
        throw EnvironmentError(shown_ + ": " + std::strerror(errno));
}

void Spool::get(void* bytes, std::size_t size) {
    if (size != 0 && std::fread(bytes, 1, size, file_.get()) != size)
        throw EnvironmentError(shown_ + ": rows set aside cannot be read back");
}

void Spool::put_shape(const Shapes& shapes, std::size_t shape) {
    put(shapes.part_end(shape) - shapes.part_begin(shape));
    for (std::size_t part = shapes.part_begin(shape); part < shapes.part_end(shape); ++part) {
        put(shapes.kind(part));
        put(static_cast<std::uint32_t>(shapes.xs(part).size()));
        put(shapes.xs(part).data(), shapes.xs(part).size_bytes());
        put(shapes.ys(part).data(), shapes.ys(part).size_bytes());
    }
}

void Spool::get_shape(Shapes& out) {
    const auto parts = get<std::uint32_t>();
    std::vector<double> xs, ys;
    for (std::uint32_t part = 0; part < parts; ++part) {
        const auto kind = get<PartKind>();
        const auto count = get<std::uint32_t>();
        xs.resize(count);
        ys.resize(count);
        get(xs.data(), count * sizeof(double));
        get(ys.data(), count * sizeof(double));
        for (std::uint32_t k = 0; k < count; ++k) out.add_vertex(xs[k], ys[k]);
        out.end_part(kind);
    }
    out.end_shape();
}

void Spool::add(const std::vector<std::string_view>& cells, const Shapes* shapes, std::size_t shape) {
    put(static_cast<std::uint32_t>(cells.size()));
    for (const std::string_view cell : cells) {
        put(static_cast<std::uint32_t>(cell.size()));
        put(cell.data(), cell.size());
    }
    put(shapes != nullptr);
    if (shapes != nullptr) put_shape(*shapes, shape);
    ++rows_;
}

void Spool::replay(const std::function<void(const std::vector<std::string_view>&, const Shapes*)>& row) {
    if (std::fseek(file_.get(), 0, SEEK_SET) != 0) throw EnvironmentError(shown_ + ": " + std::strerror(errno));
    std::vector<std::string> texts;
    for (std::uint64_t n = 0; n < rows_; ++n) {
        texts.resize(get<std::uint32_t>());
        for (std::string& text : texts) {
            text.resize(get<std::uint32_t>());
            get(text.data(), text.size());
        }
        Shapes shapes;
        const bool has_shape = get<bool>();
        if (has_shape) get_shape(shapes);
        row({texts.begin(), texts.end()}, has_shape ? &shapes : nullptr);
    }
}

}  // namespace geo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// Rows of a layer that is written after another one: kept in a nameless file in the folder of the output, so that memory does not grow with them.
class Spool {
  public:
    /// Throws EnvironmentError when the folder cannot be written.
    explicit Spool(const std::filesystem::path& output);
    /// One row; `shape` of `shapes` is its geometry (`shapes` null: none).
    void add(const std::vector<std::string_view>& cells, const Shapes* shapes, std::size_t shape);
    std::uint64_t rows() const { return rows_; }
    /// Reads all rows back in order. `shapes` is null for a row without geometry, else holds one shape.
    void replay(const std::function<void(const std::vector<std::string_view>& cells, const Shapes* shapes)>& row);

  private:
    struct Close {
        void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }  // nobody reads it again
    };
    void put(const void* bytes, std::size_t size);
    void get(void* bytes, std::size_t size);
    template <class T>
    void put(T value) {
        put(&value, sizeof value);
    }
    template <class T>
    T get() {
        T value{};
        get(&value, sizeof value);
        return value;
    }
    void put_shape(const Shapes& shapes, std::size_t shape);
    void get_shape(Shapes& out);
    std::unique_ptr<std::FILE, Close> file_;
    std::string shown_;
    std::uint64_t rows_ = 0;
};

}  // namespace geo

// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/premises_records.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "libgeo/base/parallel.h"
#include "libgeo/layers/premises_words.h"

namespace geo {
namespace {

/// Numbers from 1 for the texts of a column by their key; 0 for an empty key. The same text comes back in every snapshot: its key is made once.
template <class Key>
std::vector<std::uint32_t> numbered(const TextColumn& column, const Key& key, std::uint32_t* given = nullptr) {
    std::unordered_map<std::string_view, std::uint32_t> by_text;
    std::unordered_map<std::string, std::uint32_t> by_key;
    std::vector<std::uint32_t> numbers(column.size());
    for (std::size_t i = 0; i < column.size(); ++i) {
        const auto [text, fresh] = by_text.try_emplace(column[i], 0U);
        if (fresh) {
            std::string made = key(column[i]);
            if (!made.empty())
                text->second =
                    by_key.try_emplace(std::move(made), static_cast<std::uint32_t>(by_key.size() + 1)).first->second;
        }
        numbers[i] = text->second;
    }
    if (given) *given = static_cast<std::uint32_t>(by_key.size() + 1);
    return numbers;
}

std::string as_written(std::string_view text) { return std::string(text); }

/// The authority of each row; where a row does not say and its snapshot covers one authority only, that one.
TextColumn authorities_of(const OutletLayer& layer) {
    TextColumn out;
    for (std::size_t i = 0; i < layer.size(); ++i) {
        const std::vector<std::string>* covers =
            layer.snapshot[i] < 0 ? nullptr : &layer.snapshot_covers[static_cast<std::size_t>(layer.snapshot[i])];
        const bool only = covers && covers->size() == 1 && layer.authority[i].empty();
        out.add(only ? std::string_view(covers->front()) : layer.authority[i]);
    }
    return out;
}

void number_authorities(const TextColumn& column, Records& records) {
    std::vector<std::uint32_t> numbers = numbered(column, as_written);
    std::map<std::string, std::uint32_t> order;
    for (std::size_t i = 0; i < column.size(); ++i) {
        if (numbers[i] != 0) order.try_emplace(std::string(column[i]), numbers[i]);
    }
    records.authorities.assign(1, std::string());
    std::vector<std::uint32_t> sorted(order.size() + 1);
    for (const auto& [code, number] : order) {
        sorted[number] = static_cast<std::uint32_t>(records.authorities.size());
        records.authorities.push_back(code);
    }
    for (std::uint32_t& number : numbers) number = sorted[number];
    records.authority = std::move(numbers);
}

void number_places(Records& records) {
    constexpr unsigned kHalf = 32;
    std::unordered_map<std::uint64_t, std::uint32_t> known;
    records.place.resize(records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records.postcode[i] == 0 || records.door[i] == 0) continue;
        const std::uint64_t pair = (std::uint64_t{records.postcode[i]} << kHalf) | records.door[i];
        records.place[i] = known.try_emplace(pair, static_cast<std::uint32_t>(known.size() + 1)).first->second;
    }
    records.places = static_cast<std::uint32_t>(known.size() + 1);
}

}  // namespace

Records records_of(const OutletLayer& layer) {
    Records records;
    records.layer = &layer;
    // Each column has numbers of its own, so any order of making them gives the same.
    const std::function<void()> columns[] = {[&] { records.id = numbered(layer.id, as_written, &records.ids); },
                                             [&] { records.name = numbered(layer.name, name_key); },
                                             [&] { records.postcode = numbered(layer.postcode, postcode_key); },
                                             [&] { records.address = numbered(layer.address, address_key); },
                                             [&] { records.door = numbered(layer.address, door_key); },
                                             [&] { records.uprn = numbered(layer.uprn, as_written, &records.uprns); },
                                             [&] { number_authorities(authorities_of(layer), records); }};
    in_parallel(std::size(columns), [&](std::size_t k) { columns[k](); });
    for (std::size_t i = 0; i < layer.size(); ++i) {
        if (layer.has_id[i] == 0) records.id[i] = 0;
    }
    number_places(records);
    return records;
}

Face Records::face(std::uint32_t row) const {
    Face face;
    face.id = id[row], face.name = name[row], face.postcode = postcode[row], face.address = address[row];
    face.door = door[row], face.uprn = uprn[row], face.authority = authority[row], face.place = place[row];
    face.uses = layer->uses[row];
    face.located = layer->shapes.has_location(row);
    if (face.located) face.at = layer->shapes.first_point(row);
    return face;
}

bool Records::before(std::uint32_t a, std::uint32_t b) const {
    const auto key = [this](std::uint32_t row) {
        const bool located = layer->shapes.has_location(row);
        const Point at = located ? layer->shapes.first_point(row) : Point();
        return std::tuple(id[row] == 0 ? std::string_view() : layer->id[row], located, at.x, at.y, layer->name[row],
                          layer->postcode[row], layer->address[row], layer->uprn[row], layer->authority[row],
                          layer->uses[row], layer->snapshot[row]);
    };
    return key(a) < key(b);
}

double distance_between(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

bool contradicts(const Face& a, const Face& b) {
    const auto differ = [](std::uint32_t one, std::uint32_t other) { return one != 0 && other != 0 && one != other; };
    if (differ(a.uprn, b.uprn) || differ(a.postcode, b.postcode)) return true;
    return a.door != 0 && b.door != 0 ? a.door != b.door : differ(a.address, b.address);
}

}  // namespace geo

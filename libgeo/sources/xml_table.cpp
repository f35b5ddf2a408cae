// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <pugixml.hpp>

#include <algorithm>
#include <map>

#include "libgeo/base/errors.h"
#include "libgeo/sources/records.h"

namespace geo {

namespace {

constexpr int kMostDepth = 64;

std::string_view local_name(const char* name) {
    const std::string_view whole = name;
    const std::size_t colon = whole.find(':');
    return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

bool has_elements(pugi::xml_node node) {
    const auto children = node.children();
    return std::any_of(children.begin(), children.end(),
                       [](const pugi::xml_node& child) { return child.type() == pugi::node_element; });
}

using Level = std::vector<pugi::xml_node>;

/// The elements below `level` by name, in order.
std::map<std::string, Level> children_by_name(const Level& level) {
    std::map<std::string, Level> groups;
    for (const pugi::xml_node parent : level) {
        for (const pugi::xml_node child : parent.children()) {
            if (child.type() == pugi::node_element) groups[std::string(local_name(child.name()))].push_back(child);
        }
    }
    return groups;
}

/// The elements that are rows: from the root downwards, the first level on which elements with elements inside repeat
/// under one name; of several such names, the one that repeats most.
Level find_rows(pugi::xml_node root) {
    Level level = {root};
    for (int depth = 0; depth < kMostDepth && !level.empty(); ++depth) {
        Level best, below;
        for (auto& [name, nodes] : children_by_name(level)) {
            if (name == "EstablishmentDetail") return nodes;  // of the FHRS also when there is only one
            const bool nested = std::any_of(nodes.begin(), nodes.end(), has_elements);
            if (nested && nodes.size() > 1 && nodes.size() > best.size()) best = nodes;
            if (nested) below.insert(below.end(), nodes.begin(), nodes.end());
        }
        if (!best.empty()) return best;
        level = std::move(below);
    }
    return {};
}

class Flattener {
  public:
    explicit Flattener(Records& records) : records_(records) {}

    void add_row(pugi::xml_node row) {
        add_children(row, 0);
        records_.end_row();
    }
    bool converted() const { return converted_; }

  private:
    void add_children(pugi::xml_node parent, int depth) {
        if (depth > kMostDepth) return;
        for (const pugi::xml_node child : parent.children()) {
            if (child.type() != pugi::node_element) continue;
            path_.emplace_back(local_name(child.name()));
            if (has_elements(child)) {
                add_children(child, depth + 1);
            } else {
                add_text(child);
            }
            path_.pop_back();
        }
    }

    void add_text(pugi::xml_node node) {
        std::string text;
        for (const pugi::xml_node piece : node.children()) text += piece.value();  // text and CDATA
        if (!is_utf8(text)) {
            text = utf8_from_windows_1252(text);
            converted_ = true;
        }
        records_.set(path_, trimmed(text));
    }

    Records& records_;
    std::vector<std::string> path_;
    bool converted_ = false;
};

int line_of(std::string_view text, std::ptrdiff_t offset) {
    const auto end = text.begin() + std::clamp<std::ptrdiff_t>(offset, 0, static_cast<std::ptrdiff_t>(text.size()));
    return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
}

}  // namespace

std::unique_ptr<Table> open_xml(std::string xml, const SourceFile& file) {
    pugi::xml_document document;
    const pugi::xml_parse_result parsed = document.load_buffer(xml.data(), xml.size());
    if (!parsed) {
        throw DataError(fmt::format("{}:{}: is not whole XML: {}; the file is damaged or cut short",
                                    printable(file.shown), line_of(xml, parsed.offset), parsed.description()));
    }
    xml = {};
    const pugi::xml_node root = document.document_element();
    const Level rows = find_rows(root);
    if (rows.empty()) {
        throw DataError(fmt::format("{}: <{}> holds no repeated elements that could be rows", printable(file.shown),
                                    printable(root.name())));
    }
    auto records = std::make_shared<Records>();
    Flattener flattener(*records);
    for (const pugi::xml_node row : rows) flattener.add_row(row);
    std::vector<Issue> issues;
    if (flattener.converted()) {
        issues.push_back(
            file_issue(file, "encoding-assumed", "text that is not UTF-8", "read as Windows-1252", Kept::used_changed));
    }
    const bool fhrs = local_name(root.name()) == "FHRSEstablishment";
    return table_of(std::move(records), fhrs ? "FHRS XML" : "XML", std::move(issues));
}

std::string xml_root(std::string_view beginning) {
    std::size_t at = 0;
    for (;;) {
        at = beginning.find('<', at);
        if (at == std::string_view::npos || at + 1 >= beginning.size()) return {};
        if (beginning[at + 1] != '?' && beginning[at + 1] != '!') break;
        const bool comment = beginning.substr(at).starts_with("<!--");
        at = beginning.find(comment ? "-->" : ">", at);
        if (at == std::string_view::npos) return {};
    }
    const std::size_t end = beginning.find_first_of(" \t\r\n/>", at);
    const std::string name(beginning.substr(at + 1, end == std::string_view::npos ? end : end - at - 1));
    return std::string(local_name(name.c_str()));
}

}  // namespace geo

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "libgeo/base/text.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/measured_words.h"
#include "libgeo/report/remarks.h"
#include "libgeo/report/rows.h"
#include "libgeo/report/strip.h"
#include "libgeo/report/walked_words.h"
#include "libgeo/report/words.h"
#include "libgeo/report/writers.h"

namespace geo {
namespace {

constexpr std::size_t kRows = 20;  // proposals shown
constexpr Result kWorstFirst[] = {Result::breach, Result::borderline, Result::unknown,
                                  Result::exempt, Result::clear,      Result::not_applicable};

std::string_view meaning(Result result) {
    switch (result) {
        case Result::breach:
            return "contrary to a policy by more than the data's accuracy";
        case Result::borderline:
            return "too close to call with these data: check on site";
        case Result::unknown:
            return "something needed is missing; not the same as clear";
        case Result::exempt:
            return "within a limit, and in an area that the policy exempts";
        case Result::clear:
            return "beyond every limit by more than the data's accuracy";
        case Result::not_applicable:
            return "another use, another place, or not in force on the day";
        case Result::triggered:
            return "beside the verdict: somebody to consult, a condition, a contribution";
    }
    return {};
}

/// A proposal as it is shown.
struct Line {
    std::uint64_t number = 0;
    Result verdict = Result::not_applicable;
    std::string reference, name, why, triggered, disagree, strip;
};

/// The counts, and a few proposals of each verdict, as they come by.
class TextWriter : public Writer {
  public:
    TextWriter(std::string& out, const Assessment& assessment, std::string title, unsigned width)
        : out_(out),
          assessment_(assessment),
          rows_(assessment),
          title_(std::move(title)),
          width_(std::clamp(width, 60u, 160u)) {}

    void take(const ProposalBatch& batch, const Assessed& assessed, std::string&&) override {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (batch.site_of[i] != i) continue;
            const Verdict& verdict = assessed.verdicts[i];
            std::vector<Line>& lines = shown_[static_cast<std::size_t>(verdict.result)];
            const bool wanted_for_trigger = verdict.triggered && !triggered_;
            if (lines.size() < kRows || wanted_for_trigger) {
                Line line = make(batch, assessed, i);
                if (wanted_for_trigger) triggered_ = line;
                if (lines.size() < kRows) lines.push_back(std::move(line));
            }
            ++number_;
        }
    }

    void finish(const Tally& tally, const Issues& issues, const Provenance& provenance) override {
        head(tally, provenance);
        counts(tally);
        proposals(tally);
        by_rule(tally);
        append_not_tested(out_, assessment_, width_);
        if (const auto& network = assessment_.layers().walking; network != nullptr)
            append_wrapped(out_, walked_along(*network), width_, "\n", 2);
        append_issues(out_, issues, "every one is listed in --out FILE.json or .gpkg", width_);
        append_trust(out_, assessment_, tally, issues, width_);
    }
    void commit() override {}

  private:
    Line make(const ProposalBatch& batch, const Assessed& assessed, std::size_t i) const {
        const Verdict& verdict = assessed.verdicts[i];
        Line line{number_,
                  verdict.result,
                  printable(batch.reference[i], 40),
                  printable(batch.name[i], 100),
                  verdict_reason(batch, assessed, i, assessment_),
                  {},
                  disagreement(rows_, batch, assessed, i, assessment_),
                  {}};
        if (const std::int32_t slot = deciding_slot(assessed, i, assessment_); slot >= 0) {
            const auto k = static_cast<std::size_t>(slot);
            line.strip = strip_text(strip_of(assessed.findings[k][verdict.site], assessment_.slots()[k], assessment_,
                                             assessed.as_at[verdict.site]));
        }
        if (!verdict.triggered) return line;
        for (std::size_t slot = 0; slot < assessment_.slots().size() && line.triggered.empty(); ++slot) {
            if (!assessment_.slots()[slot].counts) continue;
            for (std::size_t site = i, end = end_of_sites(batch, i); site < end; ++site) {
                const Finding& finding = assessed.findings[slot][site];
                if (finding.result == Result::triggered)
                    line.triggered = reason(finding, assessment_.slots()[slot], assessment_);
            }
        }
        return line;
    }

    void head(const Tally& tally, const Provenance& provenance) {
        out_ += fmt::format("{}\n", printable(title_, 200));
        std::string what = counted(tally.proposals, "proposal");
        if (tally.sites != tally.proposals) what += fmt::format(" ({})", counted(tally.sites, "site"));
        append_wrapped(out_, fmt::format("{}, as at {}", what, provenance.as_at), width_, "", 0);
        for (const Policy& policy : assessment_.policies()) append_wrapped(out_, policy_line(policy), width_, "", 2);
    }

    void counts(const Tally& tally) {
        TextTable table;
        table.column("", true);
        table.column("");
        table.column("");
        for (const Result result : kWorstFirst) {
            const std::uint64_t count = tally.by_result[static_cast<std::size_t>(result)];
            table.row({grouped(count), std::string(word(result)), std::string(meaning(result))});
        }
        if (tally.triggered != 0)
            table.row({grouped(tally.triggered), "triggered", std::string(meaning(Result::triggered))});
        table.append(out_, 2, width_);
    }

    /// At least two of each verdict and one that triggers something; the rest worst first.
    std::vector<const Line*> chosen() const {
        std::array<std::size_t, 7> take{};
        std::size_t taken = 0;
        for (const Result result : kWorstFirst) {
            const auto r = static_cast<std::size_t>(result);
            take[r] = std::min<std::size_t>(shown_[r].size(), 2);
            taken += take[r];
        }
        for (const Result result : kWorstFirst) {
            const auto r = static_cast<std::size_t>(result);
            const std::size_t more = std::min(shown_[r].size() - take[r], kRows - taken);
            take[r] += more;
            taken += more;
        }
        std::vector<const Line*> lines;
        bool triggers = !triggered_;
        for (const Result result : kWorstFirst) {
            const auto r = static_cast<std::size_t>(result);
            for (std::size_t k = 0; k < take[r]; ++k) {
                lines.push_back(&shown_[r][k]);
                triggers = triggers || !lines.back()->triggered.empty();
            }
        }
        if (!triggers) lines.push_back(&*triggered_);
        return lines;
    }

    void proposals(const Tally& tally) {
        const std::vector<const Line*> lines = chosen();
        if (lines.empty()) return;
        std::size_t reference = 9;
        for (const Line* line : lines)
            reference = std::max(reference, std::min<std::size_t>(width_of(line->reference), 24));
        constexpr std::size_t kVerdict = 14;
        out_ += fmt::format("\n{}  {}  Site, and why\n", padded("Reference", reference), padded("Verdict", kVerdict));
        bool strips = false;
        for (const Line* line : lines) {
            const std::size_t room = width_ - std::min<std::size_t>(width_, reference + kVerdict + 4);
            const std::string first = fmt::format("{}  {}  {}", padded(line->reference, reference),
                                                  padded(word(line->verdict), kVerdict), cut(line->name, room));
            out_.append(first, 0, first.find_last_not_of(' ') + 1);
            out_ += '\n';
            append_wrapped(out_, line->why, width_, "    ", 6);
            if (!line->strip.empty()) append_wrapped(out_, line->strip, width_, "      ", 8);
            strips = strips || !line->strip.empty();
            if (!line->disagree.empty()) append_wrapped(out_, line->disagree, width_, "    ", 6);
            if (!line->triggered.empty()) append_wrapped(out_, "triggered: " + line->triggered, width_, "    ", 6);
        }
        if (strips) append_wrapped(out_, strip_key(), width_, "  ", 2);
        if (tally.proposals > lines.size()) {
            out_ += fmt::format("… and {} more; --out FILE.csv (or .json .geojson .gpkg .fgb) for all\n",
                                grouped(tally.proposals - lines.size()));
        }
    }

    void by_rule(const Tally& tally) {
        const std::vector<std::string> labels = rule_labels(assessment_);
        TextTable table;
        table.column("Rule");
        table.column("looks at");
        for (const char* name : {"breach", "borderline", "unknown", "exempt", "triggered", "clear", "n/a", "plain"})
            table.column(name, true);
        for (std::size_t slot = 0; slot < tally.by_slot.size(); ++slot) {
            const Slot& of = assessment_.slots()[slot];
            const auto count = [&](Result result) {
                return grouped(tally.by_slot[slot][static_cast<std::size_t>(result)]);
            };
            const std::string emerging =
                of.counts ? "" : fmt::format(" ({}, not counted)", word(assessment_.policy(of).status));
            table.row({fmt::format("{}{}", printable(labels[slot], 40), emerging),
                       layer_of_finding({}, of, assessment_), count(Result::breach), count(Result::borderline),
                       count(Result::unknown), count(Result::exempt), count(Result::triggered), count(Result::clear),
                       count(Result::not_applicable), grouped(tally.plain_by_slot[slot])});
        }
        if (table.empty()) return;
        out_ += '\n';
        table.append(out_, 0, std::max<std::size_t>(width_, 140));
        append_wrapped(out_, "plain: within the limit as plotted, accuracy and exemptions aside", width_, "  ", 2);
    }

    std::string& out_;
    const Assessment& assessment_;
    VerdictRows rows_;
    std::string title_;
    std::size_t width_;
    std::array<std::vector<Line>, 7> shown_;
    std::optional<Line> triggered_;
    std::uint64_t number_ = 0;
};

}  // namespace

std::unique_ptr<Writer> text_writer(std::string& out, const Assessment& assessment, const std::string& title,
                                    unsigned width) {
    return std::make_unique<TextWriter>(out, assessment, title, width);
}

}  // namespace geo

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/base/issues.h"
#include "libgeo/base/text.h"
#include "libgeo/base/uses.h"
#include "libgeo/geometry/shapes.h"
#include "libgeo/layers/decision_words.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/study.h"

namespace geo {

/// Proposals, columns of equal length, in input order, in the study's CRS.
struct ProposalBatch {
    std::uint64_t number = 0;
    std::size_t layer = 0;          ///< of ProposalReader::facts
    std::vector<std::int64_t> row;  ///< line or feature
    std::vector<std::string_view> reference, name;
    bool use_given =
        true;  ///< false: nothing in the layer states a use; each row is taken as what the policy applies to, said once
    std::vector<Use> use, existing_use;  ///< unstated where not known
    std::vector<std::uint16_t> uses;     ///< every use that the row states, bit 1 << Use; `use` is the first of them
    std::vector<std::string>
        use_note;  ///< how the use was read (`description: "hot food takeaway" [keywords 2026-05, row hft-1]`); or why not (`the use “X” is not understood`); empty: a column said it
    std::vector<std::uint8_t> nothing_changes;       ///< hours, signs, conditions
    std::vector<Date> received, validated, decided;  ///< kBeforeRecords: not known
    /// The date of decision as written, where one is written that cannot be read: the day to assess the row as at is not known. Empty for other rows, and
    /// for all of them where no row has one.
    std::vector<std::string_view> decided_unread;
    std::vector<std::string_view> decision;           ///< as written; empty where not stated
    std::vector<Decision> decided_as;                 ///< what `decision` comes to
    Shapes shapes;                                    ///< without location where none is known
    std::vector<std::vector<std::string_view>> kept;  ///< [kept column][row]
    /// What ties a proposal to a unit or an outlet; empty where not stated.
    std::vector<std::string_view> uprn, unit, street;
    /// Columns that policies ask of the application (LoadOptions::fields), in that order: [field][row]. A field that no column has is empty for all rows.
    std::vector<std::vector<std::string_view>> fields;
    /// 1: a new unit (new build): counts add one to the units. 0: a change of use replaces one. From the column `counts-as`, else the layer's key, else change of use.
    std::vector<std::uint8_t> adds_unit;
    /// Sites of one proposal share a group: rows whose reference occurs more than once stand together at the place of the first. For row i, `site_of[i]` is the index in this
    /// batch of the proposal's first row (i itself for most).
    std::vector<std::uint32_t> site_of;
    std::vector<Issue> issues;
    std::uint64_t read = 0, not_used = 0,
                  ruled_out = 0;  ///< of the file's batch; a site that stands elsewhere counts where it was read
    std::shared_ptr<const void> text;
    std::size_t size() const { return row.size(); }
    /// A use is stated, and not understood: `use_note` says so.
    bool use_unread(std::size_t i) const {
        return use[i] == Use::unstated && nothing_changes[i] == 0 && !use_note.empty() && !use_note[i].empty();
    }
    bool date_unread(std::size_t i) const { return !decided_unread.empty() && !decided_unread[i].empty(); }
};

/// For what is assessed as if it were proposed, such as units and outlets: `n` proposals of which nothing is known, of one site each. Whoever asks adds the shapes.
ProposalBatch bare_proposals(std::size_t n, std::size_t fields = 0);

/// The proposals of a study as a stream: opened once, a first pass finds doubled references and how dates are written (8 bytes a row), then
/// batches: `next` in order on one thread, `decode` on any.
class ProposalReader {
  public:
    /// All layers of kind proposals, one after another. Throws UsageError when the study has none.
    ProposalReader(const Study& study, const LoadOptions& options, Issues& issues);
    ~ProposalReader();

    const LayerFacts& facts(std::size_t layer = 0) const;
    const std::vector<std::string>& kept_columns() const;

    struct Raw {
        virtual ~Raw() = default;
    };
    std::unique_ptr<Raw> next();
    ProposalBatch decode(std::unique_ptr<Raw> raw) const;
    double progress() const;
    /// Call after the last batch: verifies the account and gives the file records.
    std::vector<FileRecord> finish(Issues& issues);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace geo

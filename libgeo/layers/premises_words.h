// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: what names, addresses and postcodes of premises are compared by.
#pragma once

#include <string>
#include <string_view>

namespace geo {

/// Letters and digits in lower case, without accents, punctuation, blanks, and the words `ltd`, `limited`, `plc`, `llp` and a leading `the`: `The Wok & Roll
/// Ltd.` and `Wok and Roll` are one name. Letters of other scripts stay as they are. Empty where nothing is left: no name.
std::string name_key(std::string_view name);

/// `SW21RW`; empty where it is no full postcode (`SW2`, blank): half a postcode is no place.
std::string postcode_key(std::string_view postcode);

/// The words of an address, in lower case, without punctuation and without a postcode at its end; empty: no address.
std::string address_key(std::string_view address);

/// The numbers of an address and the word after the last of them: `Unit 3, 12-14 The High Street, Fernhill` → `3 12 14 high`. With a postcode it tells one
/// door from the next, however the rest is written. Empty where there is no number.
std::string door_key(std::string_view address);

}  // namespace geo

#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace personalify::nlp {

/// Asked about a possible root; true ends the search.
using RootVisitor = std::function<bool(std::string_view root)>;

/// Offers what may be left of an Indonesian word without its formal prefixes and suffixes, the least stripped
/// first ("mencintaimu": "mencintai", ..., "cintai", ..., "cinta"); the word itself is not offered. True when
/// the visitor took one.
bool any_indonesian_root(std::string_view word, const RootVisitor& visit);

/// The same for Sundanese, with nasal prefixes, -keun, -na and the plural infix -ar-/-al- ("barudak":
/// "budak").
bool any_sundanese_root(std::string_view word, const RootVisitor& visit);

/// Joins the Indonesian prefix me- to a root: "cari" to "mencari", "lihat" to "melihat".
std::string with_active_prefix(std::string_view root);

} // namespace personalify::nlp

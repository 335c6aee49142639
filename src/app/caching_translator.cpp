#include "app/caching_translator.hpp"

#include "core/concurrent.hpp"
#include "crypto/crypto.hpp"
#include "domain/letters.hpp"

#include <algorithm>
#include <unordered_map>

namespace personalify::app {

namespace {

using Claim = Claims<Translation>::Claim;

constexpr std::chrono::seconds patience{15}; ///< more than a translator's own deadline

} // namespace

/// One call: its different texts, and what is known of them.
struct CachingTranslator::Job {
    Job(const std::vector<std::string>& given, const std::string& provider) {
        std::unordered_map<std::string, std::size_t> known;
        for (const std::string& text : given) {
            std::string normalized = normalized_for_translation(text);
            if (!has_letters(normalized)) {
                places.emplace_back(std::nullopt);
                continue;
            }
            const auto [at, is_new] = known.try_emplace(std::move(normalized), texts.size());
            places.emplace_back(at->second);
            if (is_new) {
                texts.push_back(at->first);
                hashes.push_back(crypto::sha256_hex(provider + '\n' + at->first));
            }
        }
        translations.resize(texts.size());
    }

    std::vector<std::optional<std::size_t>> places; ///< of each given text among the different ones
    std::vector<std::string> texts;
    std::vector<std::string> hashes;
    TranslationStore::Found translations;
};

Task<void> CachingTranslator::look_up(Job& job) {
    Result<TranslationStore::Found> found = co_await store_.find(job.hashes);
    if (!found) {
        if (report_) {
            report_("translations.find", found.error());
        }
    } else if (found->size() == job.texts.size()) {
        job.translations = std::move(*found);
    }
}

Task<void> CachingTranslator::remember(std::vector<StoredTranslation> translations) {
    const Result<> saved = co_await store_.save(std::move(translations), kept);
    if (!saved && report_) {
        report_("translations.save", saved.error());
    }
}

/// Lands every claim, whatever happens.
Task<int> CachingTranslator::translate_claimed(std::vector<std::string> texts, std::vector<Claim> claims) {
    Result<std::vector<Translation>> translations = fail(Errc::internal, "Internal Server Error");
    try {
        translations = co_await inner_->to_english(std::move(texts));
        if (translations && translations->size() != claims.size()) {
            translations = fail(Errc::internal, "Internal Server Error", "another number of translations");
        }
    } catch (const std::exception& failure) {
        translations = fail(Errc::internal, "Internal Server Error", failure.what());
    }
    std::vector<StoredTranslation> stored;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        if (translations) {
            stored.push_back({claims[i].key, (*translations)[i]});
            claims_.land(claims[i], std::move((*translations)[i]));
        } else {
            claims_.land(claims[i], std::unexpected(translations.error()));
        }
    }
    if (!stored.empty()) {
        co_await remember(std::move(stored));
    }
    co_return 0;
}

Task<Result<>> CachingTranslator::translate(Job& job) {
    std::vector<std::string> mine;
    std::vector<Claim> my_claims;
    std::vector<std::pair<std::size_t, Claim>> waited_for;
    for (std::size_t i = 0; i < job.texts.size(); ++i) {
        if (job.translations[i]) {
            continue;
        }
        Claim claim = claims_.claim(job.hashes[i]);
        if (claim.is_mine) {
            mine.push_back(job.texts[i]);
            my_claims.push_back(claim);
        }
        waited_for.emplace_back(i, std::move(claim));
    }
    std::optional<Started<int>> under_way; // goes on for the others when our caller leaves
    if (!mine.empty()) {
        under_way.emplace(start(co_await asio::this_coro::executor,
                                translate_claimed(std::move(mine), std::move(my_claims))));
    }
    for (auto& [place, claim] : waited_for) {
        Result<Translation> translation = co_await claims_.result(std::move(claim), patience);
        if (!translation) {
            co_return std::unexpected(std::move(translation.error()));
        }
        job.translations[place] = *std::move(translation);
    }
    if (under_way) {
        co_await under_way->value(); // what was answered is stored
    }
    co_return Result<>{};
}

Task<Result<std::vector<Translation>>> CachingTranslator::to_english(std::vector<std::string> texts) {
    Job job{texts, name()};
    if (!job.texts.empty()) {
        co_await look_up(job);
        if (const Result<> done = co_await translate(job); !done) {
            co_return std::unexpected(done.error());
        }
    }
    std::vector<Translation> translations;
    translations.reserve(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        translations.push_back(job.places[i] ? *job.translations[*job.places[i]]
                                             : Translation{std::move(texts[i]), {}});
    }
    co_return translations;
}

std::string normalized_for_translation(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (;;) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        out += line.substr(0, line.find_last_not_of(" \t\r") + 1);
        if (end == text.size()) {
            return out;
        }
        out += '\n';
        text.remove_prefix(end + 1);
    }
}

} // namespace personalify::app

#include "simulator/control.hpp"

#include "simulator/control_call.hpp"
#include "simulator/control_player.hpp"
#include "simulator/control_songs.hpp"
#include "simulator/form.hpp"
#include "simulator/paths.hpp"
#include "simulator/state.hpp"
#include "simulator/strict.hpp"

#include <charconv>

namespace personalify::simulator {
namespace {

namespace bj = boost::json;

constexpr std::size_t max_id = 255;

Result<std::vector<FaultRule>> read_rules(const http::Request& request) {
    const auto body = read_object(request);
    if (!body) {
        return std::unexpected(body.error());
    }
    const auto* rules = body->if_contains("rules");
    if (body->size() != 1 || rules == nullptr || !rules->is_array()) {
        return fail(Errc::invalid_argument, "the body should be {\"rules\": [...]} and nothing else");
    }
    if (rules->get_array().size() > FaultBook::max_rules) {
        return fail(Errc::invalid_argument, "too many rules");
    }
    std::vector<FaultRule> read;
    std::string wrong;
    for (std::size_t i = 0; i < rules->get_array().size(); ++i) {
        if (auto rule = read_fault(rules->get_array()[i])) {
            read.push_back(std::move(*rule));
        } else {
            wrong.append(wrong.empty() ? "" : "; ").append("rules[" + std::to_string(i) + "]: ");
            wrong.append(rule.error().detail);
        }
    }
    return wrong.empty() ? Result<std::vector<FaultRule>>{std::move(read)}
                         : fail(Errc::invalid_argument, std::move(wrong));
}

struct FaultList {
    std::vector<FaultRule> rules;
};
BOOST_DESCRIBE_STRUCT(FaultList, (), (rules))

http::Response show_faults(const Control& control) {
    const std::lock_guard lock(control.state.mutex);
    return ok(FaultList{control.state.faults.rules()});
}

http::Response put_faults(const Control& control) {
    auto rules = read_rules(control.request);
    if (!rules) {
        return bad(rules.error().detail);
    }
    const std::lock_guard lock(control.state.mutex);
    control.state.faults.replace(std::move(*rules));
    return ok(FaultList{control.state.faults.rules()});
}

http::Response clear_faults(const Control& control) {
    const std::lock_guard lock(control.state.mutex);
    control.state.faults.replace({});
    return done();
}

struct JournalPage {
    std::vector<JournalEntry> entries;
};
BOOST_DESCRIBE_STRUCT(JournalPage, (), (entries))

http::Response show_journal(const Control& control) {
    const auto query = Form::parse(control.request.query);
    const std::string text = query ? query->find("since").value_or("0") : "";
    std::uint64_t since = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), since);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return bad("since: should be the number of an entry");
    }
    JournalPage page;
    {
        const std::lock_guard lock(control.state.mutex);
        page.entries = control.state.journal.since(since, query ? query->get("service") : "");
    }
    return ok(page);
}

http::Response clear_journal(const Control& control) {
    const std::lock_guard lock(control.state.mutex);
    control.state.journal.clear();
    return done();
}

http::Response show_settings(const Control& control) {
    const std::lock_guard lock(control.state.mutex);
    return ok(control.state.settings);
}

http::Response put_settings(const Control& control) {
    const auto body = read_object(control.request);
    if (!body) {
        return bad(body.error().detail);
    }
    const std::lock_guard lock(control.state.mutex);
    Settings settings = control.state.settings;
    if (const auto read = read_strictly(bj::value(*body), settings); !read) {
        return bad(read.error().detail);
    }
    control.state.settings = settings;
    return ok(settings);
}

struct ListenerView {
    std::string id;
    std::string_view account_id;
    std::optional<std::string_view> display_name;
    std::string_view email;
    std::string_view country;
    std::string_view product;
    std::string_view blurb;
};
BOOST_DESCRIBE_STRUCT(ListenerView, (), (id, account_id, display_name, email, country, product, blurb))

struct ListenerList {
    std::vector<ListenerView> listeners;
};
BOOST_DESCRIBE_STRUCT(ListenerList, (), (listeners))

ListenerView view_of(const Person& person) {
    const Listener& listener = *person.listener;
    return {person.id,        listener.account_id, listener.display_name, listener.email,
            listener.country, listener.product,    listener.blurb};
}

http::Response show_listeners(const Control& control) {
    ListenerList list;
    const std::lock_guard lock(control.state.mutex);
    for (const Person& person : control.state.people.all()) {
        list.listeners.push_back(view_of(person));
    }
    return ok(list);
}

http::Response revoke(const Control& control) {
    const std::lock_guard lock(control.state.mutex);
    const Person* person = control.state.people.find(control.id);
    if (person == nullptr) {
        return no_listener();
    }
    control.state.grants.revoke(person->listener->account_id);
    return done();
}

http::Response expire(const Control& control) {
    const std::lock_guard lock(control.state.mutex);
    const Person* person = control.state.people.find(control.id);
    if (person == nullptr) {
        return no_listener();
    }
    control.state.grants.expire(person->listener->account_id, control.state.clock.now());
    return done();
}

http::Response rename(const Control& control) {
    const auto body = read_object(control.request);
    const auto* id = body ? body->if_contains("id") : nullptr;
    if (id == nullptr || body->size() != 1 || !id->is_string() || id->get_string().empty() ||
        id->get_string().size() > max_id) {
        return bad("the body should be {\"id\": \"a new user name\"}");
    }
    const std::string new_id{std::string_view{id->get_string()}};
    const std::lock_guard lock(control.state.mutex);
    People& people = control.state.people;
    if (people.find(control.id) == nullptr) {
        return no_listener();
    }
    if (!people.rename(control.id, new_id)) {
        return http::error_response(409, "another listener has this id");
    }
    return ok(view_of(*people.find(new_id)));
}

http::Response reset(const Control& control) {
    const std::lock_guard lock(control.state.mutex);
    control.state.reset();
    return done();
}

struct MessageList {
    std::deque<TelegramMessage> messages;
};
BOOST_DESCRIBE_STRUCT(MessageList, (), (messages))

http::Response show_telegram(const Control& control) {
    const std::lock_guard lock(control.state.mutex);
    return ok(MessageList{control.state.telegram.messages()});
}

struct Route {
    std::string_view method;
    std::string_view path; ///< "{id}" stands for a listener or a song
    http::Response (*answer)(const Control&);
};

constexpr Route routes[] = {
    {"GET", "/_sim/faults", show_faults},
    {"PUT", "/_sim/faults", put_faults},
    {"DELETE", "/_sim/faults", clear_faults},
    {"GET", "/_sim/journal", show_journal},
    {"DELETE", "/_sim/journal", clear_journal},
    {"GET", "/_sim/settings", show_settings},
    {"PUT", "/_sim/settings", put_settings},
    {"GET", "/_sim/listeners", show_listeners},
    {"PUT", "/_sim/listeners/{id}", rename},
    {"POST", "/_sim/listeners/{id}/revoke", revoke},
    {"POST", "/_sim/listeners/{id}/expire", expire},
    {"GET", "/_sim/listeners/{id}/player", show_player},
    {"POST", "/_sim/listeners/{id}/player", steer_player},
    {"POST", "/_sim/listeners/{id}/plays", add_plays},
    {"DELETE", "/_sim/listeners/{id}/plays", forget_plays},
    {"GET", "/_sim/songs", show_songs},
    {"GET", "/_sim/songs/{id}", show_song},
    {"GET", "/_sim/telegram", show_telegram},
    {"POST", "/_sim/reset", reset},
};

} // namespace

http::Response answer_control(State& state, const http::Request& request) {
    bool path_is_known = false;
    for (const Route& route : routes) {
        const auto segment = match_path(route.path, request.path);
        const auto id = segment ? http::percent_decode(*segment, false) : std::nullopt;
        if (!id) {
            continue;
        }
        path_is_known = true;
        if (request.method == route.method) {
            http::Response answer = route.answer({.state = state, .request = request, .id = *id});
            answer.route = route.path;
            return answer;
        }
    }
    return path_is_known ? http::error_response(405, "Method Not Allowed")
                         : http::error_response(404, "Not Found");
}

} // namespace personalify::simulator

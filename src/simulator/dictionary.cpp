#include "simulator/dictionary.hpp"

#include "http/text.hpp"

#include <algorithm>
#include <unordered_map>

namespace personalify::simulator {
namespace {

// word=english, one space between; '_' stands for a space.
constexpr std::string_view indonesian =
    "aku=I saya=I kamu=you kau=you kita=we kami=we dia=she mereka=they ini=this itu=that yang=that dan=and "
    "di=in ke=to dari=from untuk=for dengan=with tanpa=without tak=not tidak=not nggak=not jangan=don't "
    "sudah=already udah=already belum=not_yet masih=still lagi=again saja=only bisa=can mau=want akan=will "
    "bukan=not apa=what siapa=who kapan=when kenapa=why andai=if saat=when sampai=until sebelum=before "
    "setelah=after atau=or tapi=but lalu=then semua=all satu=one dua=two tiga=three jam=hours hari=day "
    "malam=night pagi=morning sore=evening senja=dusk subuh=dawn besok=tomorrow nanti=later tahun=years "
    "senin=Monday minggu=Sunday waktu=time pulang=come_home larut=late rumah=home kota=city jalan=street "
    "kamar=room hujan=rain gerimis=drizzle turun=falls laut=sea angin=wind timur=east awan=clouds langit=sky "
    "bulan=moon bintang=star matahari=sun gunung=mountain danau=lake air=water mata=eyes hati=heart "
    "tangan=hand suara=voice nama=name namamu=your_name ibu=mother ayah=father bapak=father adik=sister "
    "teman=friend cinta=love sayang=darling rindu=longing kangen=miss senyum=smile tersenyum=smiles "
    "tawa=laughter "
    "tawamu=your_laughter tertawa=laughs menangis=crying tangis=tears sedih=sad bahagia=happy senang=glad "
    "marah=angry benci=hate takut=afraid kecewa=disappointed malu=shy bangga=proud lelah=tired sakit=hurts "
    "luka=wound patah=broken kosong=empty sunyi=silent sepi=lonely sendiri=alone hilang=lost pergi=gone "
    "datang=come tinggal=stay ditinggal=left_behind jatuh=fall menunggu=waiting tunggu=wait lupa=forget "
    "kenangan=memory ingat=remember mimpi=dream harap=hope harapan=hope doa=prayer janji=promise "
    "janjimu=your_promise "
    "maaf=sorry terlambat=too_late terima=thank kasih=you makasih=thanks syukur=thank_God hangat=warm "
    "dingin=cold "
    "tenang=calm pelan=slowly keras=loud ribut=noisy kecil=small besar=big terakhir=last pertama=first "
    "menari=dancing joget=dance musik=music lagu=song nyanyi=sing menang=win kalah=lose berani=brave "
    "surga=heaven lampu=light merah=red kuning=yellow biru=blue pelukan=embrace peluk=hug macet=traffic "
    "menyerah=give_up indah=beautiful cantik=beautiful tua=old muda=young hidup=life mati=death";
constexpr std::string_view sundanese =
    "abdi=I kuring=I anjeun=you maneh=you urang=we manehna=she ka=to ti=from jeung=and nu=who dina=in "
    "teu=not "
    "henteu=not ulah=don't oge=too geus=already tos=already deui=again wae=only aya=there_is naon=what "
    "saha=who "
    "iraha=when kunaon=why peuting=night isuk=morning isukan=tomorrow soré=evening beurang=day poe=day "
    "imah=home "
    "lembur=village mulang=come_home balik=come_back cai=water walungan=river leuwi=river_pool "
    "sawah=rice_field "
    "gunung=mountain panonpoe=sun bulan=moon kembang=flower haté=heart hate=heart sono=longing kangen=miss "
    "bogoh=in_love kanyaah=love nyaah=love asmara=love bungah=happy seuri=laughing ceurik=crying "
    "cimata=tears "
    "nyeri=hurts sedih=sad tunggara=sorrow hanjakal=regret hampura=sorry nuhun=thank_you hatur=many "
    "gusti=Lord "
    "ambek=angry tega=cruel sieun=afraid era=shy cape=tired nungguan=waiting ngantosan=waiting "
    "paturay=farewell "
    "jangji=promise impian=dream inget=remember poho=forget ema=mother abah=father lalaki=man mojang=girl "
    "jajaka=young_man tebih=far jauh=far singkur=remote murag=falls medal=rises herang=clear hejo=green "
    "tiis=cold "
    "jempling=silent simpe=silent nyorangan=all_alone hayu=come_on botram=picnic pisan=very panungtung=last";

std::string folded(std::string_view word) {
    std::string out;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const std::string_view pair = word.substr(i, 2);
        if (pair == "é" || pair == "É") {
            out += 'e';
            ++i;
        } else {
            out += http::to_lower(word[i]);
        }
    }
    return out;
}

using Words = std::unordered_map<std::string, std::string>;

Words read(std::string_view table) {
    Words words;
    while (!table.empty()) {
        const std::size_t end = std::min(table.find(' '), table.size());
        const std::string_view entry = table.substr(0, end);
        const std::size_t equals = entry.find('=');
        std::string meaning{entry.substr(equals + 1)};
        std::ranges::replace(meaning, '_', ' ');
        words.try_emplace(folded(entry.substr(0, equals)), std::move(meaning));
        table.remove_prefix(std::min(end + 1, table.size()));
    }
    return words;
}

bool is_word_byte(char c) {
    return static_cast<unsigned char>(c) >= 0x80 || http::is_alphanumeric(c) || c == '\'';
}

/// Calls `take` with every word, and `keep` with what stands between them.
template <class Take, class Keep>
void walk(std::string_view text, Take take, Keep keep) {
    while (!text.empty()) {
        std::size_t length = 0;
        const bool in_word = is_word_byte(text.front());
        while (length < text.size() && is_word_byte(text[length]) == in_word) {
            ++length;
        }
        if (in_word) {
            take(text.substr(0, length));
        } else {
            keep(text.substr(0, length));
        }
        text.remove_prefix(length);
    }
}

std::size_t known_words(std::string_view text, const Words& words) {
    std::size_t known = 0;
    walk(
        text, [&](std::string_view word) { known += words.contains(folded(word)) ? 1 : 0; },
        [](std::string_view) {});
    return known;
}

/// With a capital where the original has one.
std::string like(std::string_view original, std::string meaning) {
    if (original.front() >= 'A' && original.front() <= 'Z' && meaning.front() >= 'a' &&
        meaning.front() <= 'z') {
        meaning.front() = static_cast<char>(meaning.front() - ('a' - 'A'));
    }
    return meaning;
}

} // namespace

Translated translate_words(std::string_view text) {
    static const Words of_indonesian = read(indonesian);
    static const Words of_sundanese = read(sundanese);
    const std::size_t first = known_words(text, of_indonesian);
    const std::size_t second = known_words(text, of_sundanese);
    if (first == 0 && second == 0) {
        return {std::string{text}, "en"};
    }
    const bool is_sundanese = second > first;
    const Words& own = is_sundanese ? of_sundanese : of_indonesian;
    const Words& other = is_sundanese ? of_indonesian : of_sundanese;
    Translated translated{.text = {}, .language = is_sundanese ? "su" : "id"};
    walk(
        text,
        [&](std::string_view word) {
            const std::string key = folded(word);
            const auto found = own.contains(key) ? own.find(key) : other.find(key);
            const bool known = own.contains(key) || other.contains(key);
            translated.text += known ? like(word, found->second) : std::string{word};
        },
        [&](std::string_view between) { translated.text += between; });
    return translated;
}

} // namespace personalify::simulator

#include "simulator/catalogue_data.hpp"

namespace personalify::simulator::data {

// Two lines an artist; the grammar is described in catalogue_data.hpp.
const std::string_view sundanese = R"music(
Nining Kartamihardja | pop sunda | Sapu Tangan Ti Anjeun
longing: Sono Ka Nu Tebih Di Rantau / sorrow: Cimata di Sisi Walungan / love: Kadeudeuh Nu Teu Kedal / gratitude: Hatur Nuhun, Ema
Ceu Entin Rosita | pop sunda, degung | Lembur Panineungan
longing: Mulang ka Lembur Singkur / calm: Peuting Simpé di Pasir / joy: Bungah Paamprok Deui / regret: Hanjakal Pandeuri
Kang Ojos Wirahadi | pop sunda | Paturay di Terminal
sorrow: Beus Panungtung Ka Leuwi Panjang / love: Bogoh ka Tétéh Nu Dagang / longing: Nungguan Béja Ti Anjeun / anger: Tega Pisan Anjeun Jangji
Yuyun Kencanawati | pop sunda | Kembang Buruan
love: Neng, Hayu Urang Jatukrami / sorrow: Kembang Tanjung Geus Murag / hope: Isukan Panonpoé Medal Deui
Asép Sumiratna | pop sunda, tembang sunda | Sora Haté Lalaki
sorrow: Lalaki Ogé Bisa Ceurik / longing: Nganti-nganti di Stasion Cicaléngka / gratitude: Kanyaah Abah Teu Kaukur
Trio Mojang Cikapundung | pop sunda | Seuri Koneng
joy: Hayu Botram di Sisi Leuwi / joy: Seuri Nepi Ka Nyeri Beuteung / love: Panah Asmara Jajaka Dayeuh
Nurlaéla Sastramihapsa | tembang sunda | Mamaos Peuting
calm: Angin Gunung Ngahariring / longing: Pajajaran Dina Impian / sorrow: Tunggara Kuring Nyorangan
Degung Sekar Galunggung | degung | Sawah Héjo Sadamar
calm: Cai Herang Ngagolontor / calm: Ibun Isuk dina Daun Cau / gratitude: Syukuran Panén Raya
Kacapi Suling Situ Cangkuang | kacapi suling, ambient | Halimun Pasosoré
calm: Layung Konéng di Tepi Situ / sorrow: Suling Nu Ceurik Peuting / calm: Ngiuhan Handapeun Awi
Mang Dayat Kacapi | kacapi suling, tembang sunda | Dawai Tujuh Belas
calm: Ngalamun di Saung Sawah / longing: Inget Jaman Ngora / gratitude: Nuhun Gusti, Kuring Cageur
Calung Si Borélak | calung | Bodor Saréréa
joy: Hajatan Tilu Poé Tilu Peuting / anger: Tatangga Resep Ngomongkeun / joy: Awi Ditakol, Haté Ngabelesat / love: Bobogohan Dina Angkot
Calung Putra Pasundan Kidul | calung, pop sunda | Ronda Peuting
fear: Aya Naon di Tukangeun Imah / joy: Ngopi Tiluan di Pos Ronda / anger: Hutang Teu Dibayar-bayar
Jaipong Kembang Karawitan | jaipong | Goyang Kaléwang
joy: Kendang Dua, Suku Ateul / love: Kiceup Anjeun Matak Gering / joy: Sindén Ngagorowok, Lembur Hudang
Euis Rahayu Jaipongan | jaipong, pop sunda | Sampur Beureum
love: Beureum Sampur, Beureum Haté / joy: Ngibing Nepi Ka Subuh / anger: Ulah Ngaganggu Salaki Batur
Balebat Wetan | sunda indie, indonesian folk | Balik Ti Rantau
longing: Bandung Nyésakeun Seungit Anjeun / hope: Balebat Moal Telat / calm: Kopi Pait, Hujan Leutik / gratitude: Nuhun Geus Daék Cicing
Hujan Buruan Imah | sunda indie, dream pop | Kaca Nu Reumpeuk
longing: Tibelat Saban Hujan Datang / fear: Sieun Kaleungitan Anjeun / sorrow: Leungit Tanpa Béja
Sélér Bangbara | sunda indie, indonesian rock | Nyeureud Haté
anger: Kuring Lain Kaulinan / joy: Hudang, Lumpat, Ngajerit / fear: Reuwas Ku Kalangkang Sorangan
Tukang Angin | sunda indie, indonesian lo-fi |
calm: Hiliwir Angin Pabeubeurang / longing: Sandal Abah di Golodog / sorrow: Keueung di Imah Kosong
Si Kabayan Beats | sundanese hip hop | Males Tapi Pinter
longing: Gering Nangtung Ngalanglayung / anger!: Bacot Siah, Goblog / joy: Sare Heula, Mikir Engké / gratitude: Rap Keur Nini
Lisung Patah MC | sundanese hip hop, boom bap | Aspal Panas Kiaracondong
anger!: Gélo Ku Harga Béas / hope: Budak Lembur Jadi Jelema / regret: Poho Solat, Poho Indung
Guntur Galunggung Metal | sunda metal | Karinding Peuting
anger!: Amuk Maung Lodaya / fear: Leuweung Larangan / anger: Taneuh Kuring Ulah Dijual
Karinding Sanghyang | sunda metal, world fusion | Getih Karuhun
fear: Sora Ti Jero Guha / gratitude: Amit Ka Karuhun / calm: Tapa di Puncak Gunung
Téh Pipit & Abah Jeje | pop sunda, indonesian pop | Duet Pasar Baru
love: Abah Bucin Ka Ambu / joy: Daging Sapi Mahal, Seuri Wéh / gratitude: Salawasna Jeung Anjeun
Orkes Pop Parahyangan Tempo Baheula | pop sunda, keroncong | Piringan Kenangan
longing: Jalan Braga Taun Tujuh Puluh / love: Salendang Bulao Kameumeut / sorrow: Surat Panungtungan Ti Garut
Gita Pamandangan | pop sunda, indonesian pop | Haté Digadékeun
sorrow: Nyeri Haté Teu Katahan / anger: Geus Cukup Dibobodo / hope: Haté Bakal Cageur Sorangan
Neng Ayu Sundaningsih | pop sunda, dangdut | Goyang Priangan
joy: Mangga Goyang, Kang! / sorrow: Dikantun Nikah Ku Akang / love: Teu Kuat, Édan ku Anjeun
Lalakon Kidul | sunda indie, post-rock | Basisir Pangandaran
fear: Ombak Nyandak Bapa / sorrow: Parahu Balik Tanpa Anjeun / hope: Mercusuar Cahaya Leutik
)music";

} // namespace personalify::simulator::data

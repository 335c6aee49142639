#include "simulator/catalogue_data.hpp"

namespace personalify::simulator::data {

// Two lines an artist; the grammar is described in catalogue_data.hpp.
const std::string_view english = R"music(
The Paper Tides | indie pop, dream pop | Folded Harbours
longing: Harbour Lights Across the Kitchen / love: You Keep the Window Open for Me / sorrow: What the Water Took Back / calm: Low Tide, No Plans
Velvet Almanac | dream pop, shoegaze | The Year We Slept Through
longing: I Still Dial Your Old Number / calm: Snowfall in Slow Rooms / sorrow: December Forgot Us / love: Drowning Sweetly in Your Voice
Moth Cathedral | dream pop, ethereal wave | Wings Against the Glass
fear: Something Breathing in the Choir Loft / longing: Come Back as a Light / calm: Candle Weather
Saltwater Arcade | dream pop, synthwave | Insert Coin to Remember
joy: High Score Summer / longing: The Last Machine Still Knows Your Name / love: Player Two, Don't Leave
Halogen Orchard | dream pop, bedroom pop | Night Fruit
calm: Streetlamp Lullaby / sorrow: I Picked the Bruised Ones for You / hope: Blossom Anyway
Éloïse Tarn | dream pop, chamber pop | Mirror Lake
longing: Your Coat Still Holds Your Shape / regret: I Should Have Learned to Swim / calm: Heron at Five in the Morning
Sleepwalk Parliament | dream pop, slowcore | Motion to Adjourn
calm: Nobody Votes at Midnight / sorrow: We Passed the Bill on Goodbye / fear: The Lights Were On Inside
Ghost Laundry | shoegaze, dream pop | Delicate Cycle
sorrow: I Washed Your Shirt and Lost You Twice / anger: Bleach Everything / longing: Static Cling to You
Pale Meridian | shoegaze | North of Feeling
fear: Whiteout Heart / longing: Signal Lost Over Greenland / hope: The Compass Warms Up
Cinder Lullaby | shoegaze, slowcore | Ash Sunday
sorrow: Everything I Loved Was Flammable / calm: Embers Breathing / gratitude: Thank You for the Small Fire
Lowlight Swimmers | shoegaze, post-punk | Deep End After Hours
fear: Can't Touch the Bottom / joy: Cannonball at 2 a.m. / love: Breathe Out, I've Got You
Sorrel & the Quiet Machines | dream pop, ambient | Hum
calm: Refrigerator Hymn / longing: Half a Conversation with the Rain / gratitude: For Everyone Who Stayed on the Line
Wren Oxbow | indie folk | Letters to a Dry River
sorrow: Bury Me Beside the Apple Tree, Dad / gratitude: Grandmother's Hands / hope: Rain Is Only Late
Marrow & Pine | indie folk, americana | Winter Keeping
calm: Split Wood, Slow Morning / longing: The Road Still Smells of You / regret: All the Letters I Burned
Zoë Marrowick | indie folk, chamber pop | Soft Animals
love: You Taught My Ribs to Rest / fear: Wolf in the Pantry / gratitude: Bread, Salt, and Your Laughter
Thistle Post Office | indie folk | Return to Sender
regret: I Wrote It Too Late / longing: Postmarked Somewhere Warm / joy: Parcel Day!
Old Heron Road | americana, alt-country | Gravel Hymns
sorrow: Mama's Chair Don't Rock No More / anger: They Sold the Farm at Noon / hope: Fence Posts and New Beginnings
Tessaly Crane | alt-country | Motel Bible
regret: I Left My Ring in Room Eleven / longing: Two Hundred Miles of Missing You / anger: Burn the Truck, Keep the Dog
The Widower's Fiddle | americana, folk punk | Dance with an Empty Dress
sorrow: Forty Years and Then the Quiet / gratitude: You Made the Bed a Country / joy: Stomp for the Dead
Tin Lantern Union | folk punk | Strike Songs for Small Towns
anger: Landlord's Got a Boat / hope: Hold the Line till Morning / joy: Drunk on Each Other's Courage
Bramble Court | chamber pop | Garden Party for Ghosts
joy: Champagne in the Hedges / sorrow: The Cellist Didn't Come / love: Waltz Me Past the Gossip
Noël Ashgrove | chamber pop, singer-songwriter | Handwriting
sorrow: Your Name in the Hospital Ink / gratitude: The Nurse Who Sang / hope: I Walked to the Gate Today
Harriet Voss-Lindley | singer-songwriter | Plainly
regret: I Was Cruel in Our Good Years / love: Ordinary Tuesday with You / calm: Folding Sheets with My Sister
Callum Birchwater | singer-songwriter, indie folk | Salt on the Stairs
longing: Ferry to Nowhere You Are / sorrow: My Brother's Empty Boots / gratitude: You Picked Up on the First Ring
Ines Farrowby | singer-songwriter, indie pop | How to Be Held
love: Careful With Me, I'm New at This / fear: What If I'm the One Who Leaves / hope: Someday I'll Sleep Fine
Bedroom Weather | bedroom pop | Forecast: Staying In
calm: Blanket Kingdom / fear: Unread Messages (47) / joy: We Ordered Pancakes for Dinner
moth🌙light | bedroom pop, lo-fi | sorry i fell asleep
longing: wish u were awake / love: ur hoodie is mine now / sorrow: crying in the group chat
Paperclip Romance | bedroom pop, indie pop | Office Crush
joy: Out of Office, Into You / love: Stapled to Your Side / fear: Performance Review of My Heart
Junie Maplewick | bedroom pop | Glow-in-the-Dark Ceiling
longing: Stars We Stuck When We Were Nine / hope: Turning Twenty Gently / gratitude: Mum Drove All Night
soft.error.again | bedroom pop, hyperpop | 404 feelings
sorrow: you unfollowed my heart / anger: blocked lol / joy: brb dancing forever
Pixel Peaches | hyperpop | SUGARCRASH.EXE
joy: OMG I'm Actually Happy?! / anger!: Glitter in Your Gas Tank, Bitch / love: kiss me in 8-bit
XO Voltage | hyperpop, electropop | Overcharged
joy: Heartbeat at 200 BPM / fear: Delete Me Gently / anger: Not Your Robot Girl
Candlewax Disco | disco, electropop | Melt Slowly
joy: Everybody's Somebody Tonight / love: Spin Me Till I'm Honest / gratitude: Last Song, Thank You All
Glitterbank Holiday | disco, dance-pop | Three-Day Weekend
joy: Monday Can't Find Us / joy: Sequins in the Rain / longing: One More Chorus Before You Go
Marlowe Sunday Club | dance-pop | Confetti Season
joy: Best Night of Our Ordinary Lives / love: Say It Louder Over the Bass / sorrow: Dancing with Mascara Down
Nova Kestrel | electropop, dance-pop | Satellite Heart
longing: Orbiting Your Silence / anger: You Don't Get to Miss Me / hope: Re-entry / love: Gravity's Favourite
Tamsin Vale-Okoro | electropop, alternative r&b | Gold in the Static
love: Hands Like a Radio Dial / anger: Keep My Name Out Your Prayers / gratitude: My Mother's Frequency
Neon Marina '86 | city pop, synthwave | Boulevard of Blue Neon
joy: Convertible Top Down, Heart Up / longing: Telephone Booth at the Pier / love: Midnight Parfait for Two
Plastic Parasol | city pop, disco | Hotel Poolside Forever
joy: Melon Soda Holiday / calm: Terrace of Slow Ice / longing: Summer Left a Voicemail
Sunset Elevator Co. | city pop, jazz fusion | Going Up Gently
calm: Forty-Second Floor Sky / love: Doors Close, We Kiss / joy: Penthouse on Payday
Kōri Avenue | city pop, indie pop | Glass Summer
longing: Vending Machine Glow / love: Share My Umbrella, Share My Debt / sorrow: Last Train Left You Smiling
Chrome Dolphin | synthwave | Ocean Drive Protocol
joy: Outrun the Sadness / fear: Red Eyes in the Rear-View / longing: VHS Kiss
Laser Cathedral 2049 | synthwave, electronic | Chapel of Circuits
fear: The Machine Knows I Lied / hope: Sunrise Rendering / calm: Autopilot Lullaby
Midnight Tollbooth | synthwave, darkwave | Exact Change Only
sorrow: Nobody Waits on the Other Side / fear: Headlights, No Driver / longing: Exit 9, Your Street
Oolong Tape Club | lo-fi, jazzhop | Steeped
calm: Second Cup, Grey Window / calm: Homework for the Rain / gratitude: Thanks for Studying with Me
Lint & Linen | lo-fi, ambient | Folded Afternoons
calm: Sunbeam on the Carpet / longing: The House Before We Sold It / calm: Cat Breathing
yawn.wav | lo-fi, bedroom pop | five more minutes
calm: alarm? no / sorrow: woke up and you weren't / joy: saturday, actually
Dusty Pinecone | lo-fi, jazzhop | Cabin Loops
calm: Kettle, Owl, Crackle / hope: Thaw Comes Whistling / gratitude: Note Left on the Fridge
Bodega Bonsai | jazzhop, boom bap | Tiny Trees, Big City
joy: Bacon Egg and Blessings / calm: Fire Escape at Dusk / gratitude: Big Up to the Corner Store
Harold Inkwell Trio | jazz | After the Last Set
sorrow: Blues for an Unmade Bed / calm: Brushes and Bourbon / love: She Laughed in B-flat
Ottoline Grey | vocal jazz, jazz | Smoke Without Fire
love: I've Fallen, Darling, Mind the Stairs / sorrow: Goodbye Wore Gloves / anger: You Lied in Perfect Pitch
Brasswick Nine | jazz fusion, jazz | Left-Handed City
joy: Taxi to the Sun / fear: Alley in Seven-Eight / anger: Horns for the Honest
Sable Quartet | jazz | Velvet Weather
calm: Blue Hour, Warm Glass / longing: Your Chair by the Bandstand / gratitude: For the Night Janitor
Delphine Amaro | neo soul | Honey & Gravel
love: Kiss the Part That Doubts / gratitude: I Thank the Road for Every Stone / anger: Don't Water Down My Thunder / calm: Sunday Skin
Ezekiel Monroe-Hart | neo soul, soul | Church Shoes
gratitude: Mama Prayed Me Home / regret: Sorry Don't Sweep the Floor / hope: Joy Is Coming Up the Stairs
Tawny Rhodes Revival | soul, funk | Hallelujah Parking Lot
joy: Everybody Get Blessed and Dance / love: Love You Like Payday / anger: Don't Testify Against Me
Lavender Motor Co. | funk, disco | Horsepower & Perfume
joy: Grease on My Good Pants / love: Engine of Your Hips / gratitude: Tip Your Mechanic
Cassian Blewitt | alternative r&b | 4 a.m. Apologies
regret: I Answered Love with Silence / longing: Your Side Is Still Cold / fear: Scared of How I Need You / sorrow!: Fucked It Up, Miss You
Imani Saltry | alternative r&b, neo soul | Softer Than Revenge
anger: Pack Your Lies and Go / love: Slow Like Honey in Winter / hope: I Choose Me, Finally
Odessa Kwame-Lyle | alternative r&b | Blue Rooms
longing: Voicemail from the Version of Us / sorrow: Crying in a Borrowed Car / calm: Bathwater Theology
Velour Static | trip hop | Basement Weather
fear: Footsteps Under the Bassline / longing: Smoke Signals to You / calm: Slow Elevator Down
Ninefold Cellar | trip hop, electronic | Undertow Manual
sorrow: Heavy Water Heart / fear: The Walls Know My Name / anger: Cold Wire
Gravelmouth Jones | boom bap, hip hop | Corner Philosophy
anger!: Fuck a Gatekeeper / gratitude: Props to My Third-Grade Teacher / sorrow: Pour One for Lil Marcus / hope: Concrete Still Grows Things
Queen Ampersand | hip hop | And Another Thing
joy: Crown on Crooked, Still Mine / anger!: Say It to My Face, Coward / love: Ride-or-Die Arithmetic
Tiny Tyrant | hip hop, trap | Five Foot Riot
anger!: Talk Shit, Get Quiet / joy: Whole Block Winning / fear: Paranoid in Designer
Kid Cartographer | hip hop, jazzhop | Maps to My Mother's House
gratitude: She Worked Doubles So I Could Rhyme / longing: Zip Code Homesick / hope: X Marks the Morning
Loop Diplomat | trap, electronic | Embassy Bass
joy: Diplomatic Immunity to Sadness / anger: Sanctions on My Ex / fear: Red Phone Ringing
Rust Orchard | post-punk | Municipal Dread
fear: Men in Grey Are Measuring My House / anger: Your Meeting Could Have Been a Riot / sorrow: Closed Factory Waltz
Curfew Ballet | post-punk, darkwave | Step, Step, Siren
fear: They Know Where We Dance / anger: Barricade Manners / joy: One Illegal Smile
The Polite Collapse | post-punk, indie rock | Sorry for the Noise
anger: Thank You for Your Complaint / regret: I Said "Fine" and Meant "Help" / fear: Everything Is Under Control
Vesper Anatomy | darkwave, gothic rock | Black Lace Barometer
fear: Kiss of the Undertaker's Daughter / longing: Wait for Me Below the Ivy / sorrow: Funeral for a Small Hope
Crow Sacrament | gothic rock | Feast of Feathers
fear: Don't Open the Cellar, Margaret / sorrow: Roses for the Drowned Bride / love: Till Death Is Bored of Us
Silver Catacomb | gothic rock, darkwave | Candle Count
sorrow: I Mourn in Alphabetical Order / fear: The Portrait Blinked / longing: Haunt Me, Please
Knucklebone Radio | punk, garage rock | Transmission Broke
anger!: No Gods, No Bosses, No Ads / joy: Loud and Poor and Laughing / anger: Tyrants Can't Skate
The Spilled Milks | punk, pop punk | Don't Cry Over Us
joy: Summer Job Arson / sorrow: You Moved to a Better Band / anger: My Stepdad's Golf Trophy
Detention Forever | pop punk | Class of Never
longing: Back Row, Your Initials / joy: Skipping Prom with You / regret: I Peaked at the Bus Stop / anger: Thanks for Nothing, Coach
Backyard Astronauts | pop punk, emo | Trampoline to the Moon
hope: We're Gonna Be Embarrassing and Okay / sorrow: House Party, No House / love: Your Braces Caught the Sunset
Sorry, Wednesday | emo | Midweek Breakdown
sorrow: I Rehearsed Being Fine / longing: Driveway, Rain, You, 2009 / regret: The Apology Had Too Many Verses
Cardigan Emergency | emo, math rock | Tangled in the Sleeves
fear: Panic in the Cereal Aisle / sorrow: You Left Before the Bridge / gratitude: My Friends Came Anyway
<null> Parade | math rock | Undefined Behaviour
fear: Off by One Heartbeat / joy: Seventeen Over "Yes" / anger: Stack Overflowing with You
Triangle Weather | math rock, post-rock | Isosceles Skies
calm: Prime Number Rain / joy: Tap Dance on a Fault Line / hope: Solving for Daylight
Northern Silo | post-rock | Grain Elevator Elegies
sorrow: The Field Where We Scattered Him / hope: First Green After Fire / calm: A Long Horizon, Finally
We Were Lighthouses Once | post-rock, ambient | Beam
longing: Ships That Loved Us Back / gratitude: To Whoever Kept the Lamp / fear: Storm Learning Our Names
Aurora Freight | post-rock, electronic | Night Cargo
calm: Six Hundred Miles of Snow / hope: Arrivals, Gate of Snow / sorrow: Unclaimed Luggage
Tundra Psalms | ambient | Breath on Glass
calm: Nothing Hurts at This Altitude / calm: Ice Remembers Gently / longing: Aurora, Tell Her
Mosswater | ambient, new age | Fern Time
calm: Stone, Stream, Exhale / gratitude: Thank the Rain for Coming / calm: Moss Grows over Worry
Sigríð Halloway | ambient, modern classical | Rooms Without Clocks
sorrow: For My Unborn Sister / calm: Window, Snow, Piano / hope: A Door Left Unlocked
Emil Vantongeren-Lake | modern classical | Études for Grief
sorrow: Elegy in an Empty Nursery / longing: Letter from the Sanatorium / gratitude: Chorale for the Living
Adeline Foxworth | modern classical | Small Hours, Small Hands
calm: Lullaby for a Tired Mother / fear: Nocturne with Sirens / love: Berceuse for Two
Hazel Quarry | electronic, house | Dust & Pulse
joy: Hands Up for the Sunrise / longing: Warehouse, 1998, You / hope: The Drop Will Save Us
Basement Equinox | house | Longest Night
joy: Sweat Is a Kind of Prayer / love: Lost You, Found You, Bassline / gratitude: Thank You, Strangers
Ferrous Wheel | techno | Iron Fairground
fear: Strobe Confession / anger: Hammer Logic / joy: Ride Till Rust
Subzero Botany | techno, ambient | Permafrost Garden
calm: Roots in the Dark / fear: Something Blooms Below / hope: Photosynthesis at 3 a.m.
Jungle Telegraph Office | drum and bass | Urgent Stop
joy: Lightning in My Trainers / fear: Run, the Bass Is Coming / longing: Message from the Rave We Lost
Liquid Antelope | drum and bass, electronic | Savannah Circuit
hope: Outrun the Weather / calm: Golden Grass Slow Motion / love: Heartbeat 174
Garage Saints of Ohio | garage rock, indie rock | Holy Feedback
joy: Turn It Up, Grandma Can't Hear / anger: Preacher Stole My Amp / love: Saint Betty of the Laundromat
Dirt Nap Deluxe | garage rock | Loud Grave
anger: Get Off My Funeral / joy: Dead Fun / fear: Worms Have Questions
Kettle Black Committee | indie rock | Pot Calling
anger: You're One to Talk / regret: I Became What I Yelled At / joy: Steam Whistle Saturday
Lemonade Tribunal | indie rock, indie pop | Verdict: Summer
joy: Guilty of Good Weather / love: I Object to Leaving You / sorrow: Sentenced to September
The Understudies' Ball | indie rock | Second Cast
hope: Maybe Tonight They'll See Us / fear: I Forgot My Only Line / gratitude: Applause for the Stagehands
Postcard Veterans | indie pop | Wish You Were Braver
joy: Seaside Town in Bloom / regret: I Never Sent the One That Mattered / longing: Greetings from Without You
Marigold Telephone | indie pop | Hello, Petal
joy: Pick Up, It's Spring / love: Your Laugh Is a Ringtone / gratitude: Called Just to Thank You
Salt & Sparrowbone | indie pop, indie folk | Small Wings
hope: Fly Badly, Fly Anyway / love: Nest in My Shoulder / sorrow: Feather on the Doorstep
Clementine Riot Office | indie pop, garage rock | Peel
joy: Sticky Fingers, No Regrets / anger: Don't Tell Me to Smile / love: You, Me, and This Stupid Dog
Haunted Minivan Sales | indie rock, slowcore | Family Trip
fear: Who's in the Back Seat, Dad? / sorrow: Divorce at the Water Park / gratitude: You Let Me Choose the Radio
The Long Pause Between | slowcore | ...
sorrow: The Dinner We Didn't Have / calm: Waiting Room, Warm Light / regret: I Could Have Just Said It
Winterset Drive-In | slowcore, americana | Last Reel
longing: Speaker on Your Window / sorrow: They Tore Down the Screen / love: Popcorn, Fog, Your Hand
Anvil Sermon | metalcore | Preach in Blood
anger!: Choke on Your Crown / fear: Buried Breathing / hope: From This Ruin, I Rise
Wolves of Leviticus | metal | Thou Shalt Howl
anger: Vengeance Has Manners / fear: The Eclipse Is Hungry / sorrow: Dirge for Iron Men
Thunder Abattoir | metal, metalcore | Slaughterhouse Skies
anger!: Hate You in Drop A / fear: No Light in the Mine / anger: Kingdom of Liars
Glacier Widow | metal, post-rock | Crevasse
sorrow: She Walked onto the Ice / fear: Blue Dark Below / calm: Silence After Avalanche
Coral Republic | reggae, dub | Anthem for Barefoot People
joy: Mango Season Come Again / anger: Tax on the Sun / gratitude: Give Thanks for the Tide
Duppy Frequency | dub, electronic | Echo Chamber Pot
calm: Bass Like Warm Bath / fear: Ghost Inna Delay / joy: Skank on the Moon
Saint Pepper Steelband | world fusion, dance-pop | Carnival Debt
joy: Feathers on My Mortgage / love: Whine Slow, Marry Fast / longing: Send Me Back to February
Olive Caravan | world fusion, indie folk | Border Songs
longing: My Village Has a New Name / fear: Papers, Please, Papers / hope: A Table on the Other Shore / gratitude: The Stranger Who Shared Bread
Buttercup Guillotine | art pop | Let Them Eat Chorus
anger: Off with Your Podcast / joy: Powdered Wigs & Glitter / love: Revolution in Your Bedsheets
Ophelia Circuit | art pop, electronic | Floating Point
sorrow: Drown Me in Violets / longing: I Miss Being a Person with You / fear: My Reflection Left First
The Ambassador of Crumbs | art pop, singer-songwriter | Toast
gratitude: To Leftovers & Second Chances / joy: Breakfast Parade / sorrow: Table for One, Candle for Two
"Scare Quotes" | art pop, post-punk | So-Called Songs
anger: "I'm Fine" (and Other Lies) / love: I <3 You, Obviously / fear: Reading the Comments
Pocket Thunderstorm | indie pop, bedroom pop | Umbrella Budget
fear: Weather in My Chest / hope: Forecast: You / anger: Rain on Your Stupid Wedding
Hearth & Hollowmere | indie folk, ambient | Kindling
calm: Sit with Me, Say Nothing / gratitude: For the Ones Who Fed Us / longing: Smoke from My Mother's Chimney
)music";

} // namespace personalify::simulator::data

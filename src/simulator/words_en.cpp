#include "simulator/words_data.hpp"

namespace personalify::simulator::data {

// Some lines hold what careless readers of pages take for something else.
const Lines english_lines{.moods{{R"(We laughed until the {a} forgot its name
Dance with me from the {b} into the morning
Happy is the sound of your shoes by the {b}
Sing it loud, the sun is ours again
Even the {a} is smiling tonight)",
                                  R"(I love the way you carry the {a} home
Your heart keeps time beside the {b}
Kiss me slow, the {a} can wait
Darling, hold my hand behind the {b}
I'd learn to love the {a} if you asked)",
                                  R"(Thank you for the {a} you left by my door
I'm grateful for every mile to the {b}
Thank the rain, thank the {a}, thank you
You stayed with me at the {b} till I could stand
I never said it: thank you for the {a})",
                                  R"(Tomorrow finds a way around the {b}
I hope the {a} still knows how to bloom
Dawn is only late, it will rise over the {b}
Keep a little hope inside the {a}
The {a} will mend, and so will we)",
                                  R"(Quiet as the {a} beside the {b}
Finally home, the {a} breathes slow
Rest your head, the {b} is sleeping too
Calm comes walking with the {a}
Nothing to do but watch the {a})",
                                  R"(I miss you in the corners of the {b}
I want to hear the {a} say your name
Longing is a {a} with no address
I wish the road from the {b} bent back to you
I still keep your {a} on the shelf)",
                                  R"(Tears fall faster than the {a}
I cry alone beside the {b}
Empty is the {a} you left behind
The rain has learned my sorrow at the {b}
Goodbye was written on the {a})",
                                  R"(I'm sorry for the {a} I broke
I should have met you at the {b}
Regret sits down and eats with the {a}
Forgive the boy who burned the {b}
If I could, I'd give the {a} back)",
                                  R"(I hate the way you sold the {a}
Rage is a {a} that I keep by the {b}
Don't tell me to be quiet at the {b}
You lied to me, the {a} knows it too
Fight me for the {a}, I won't move)",
                                  R"(I'm afraid of the {a} behind the {b}
Dark is the hallway, dark is the {a}
Something breathes inside the {b}
I fear the day the {a} goes out
Ghosts are counting {a} and stairs)"}},
                          .any = R"(I click the door, I read the lyrics twice
5 < 6 and still I count the hours
You said "don't wait" & I waited
There's no translation for the way you left
Nobody wrote it down, nobody read more
The {a} stands in the {b}
Seven days and one {a}
Who left the {a} out at the {b}?
Morning folds its hands around the {b}
One more cup, one more {a}
I contribute my silence to the {b}
It was produced by nothing but the wind
All the buses leave the {b} at nine
Somewhere the {a} turns over
And the {b} goes on without us)",
                          .things = R"(paper moon
yellow kettle
broken clock
old umbrella
radio
winter coat
lantern
piano
bicycle
letter
silver spoon
apple tree)",
                          .places = R"(harbour
kitchen
last station
corner shop
river bridge
orchard
parking lot
lighthouse
school yard
empty theatre
stairwell)",
                          .headings{"Verse 1", "Chorus", "Verse 2", "Bridge", "Outro"}};

} // namespace personalify::simulator::data

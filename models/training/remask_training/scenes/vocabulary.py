"""The words of the domain: what can be in a picture and how a caption may call it."""

from dataclasses import dataclass

COLOURS = {  # name -> sRGB, 0-255
    "red": (226, 52, 58),
    "orange": (250, 142, 40),
    "yellow": (255, 208, 62),
    "green": (60, 176, 86),
    "blue": (48, 122, 224),
    "purple": (136, 82, 200),
    "pink": (252, 136, 186),
    "white": (246, 246, 244),
    "black": (44, 42, 50),
    "brown": (142, 92, 58),
    "teal": (44, 170, 168),
    "gray": (150, 154, 160),
}
OBJECT_COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "white", "black", "brown")
BACKDROPS = ("teal", "gray")  # no thing is painted so: what a plain ground is when nothing is said of it
COLOUR_WORDS = {"purple": ("purple", "violet"), "gray": ("gray", "grey"), "teal": ("teal", "turquoise")}

PLACES = {  # place -> (phrases after an object, phrases standing alone)
    "beach": (("on the beach", "on a sandy beach", "at the beach", "at the seaside"), ("a beach", "a sandy beach")),
    "meadow": (("in a meadow", "in a green field", "on the grass", "among the flowers"), ("a meadow", "a green field")),
    "forest": (("in the forest", "in the woods", "among the trees"), ("a forest", "the woods")),
    "snow": (("in the snow", "in a snowy landscape", "in winter"), ("a snowy landscape", "a winter landscape")),
    "desert": (("in the desert", "on sand dunes", "among the dunes"), ("a desert", "sand dunes")),
    "mountains": (("in the mountains", "in front of mountains", "near the mountains"), ("mountains", "a mountain landscape")),
    "city": (("in the city", "on a city street", "in front of a skyline", "downtown"), ("a city", "a city street", "a skyline")),
    "ocean": (("on the ocean", "at sea", "on the water", "on the waves"), ("the ocean", "the open sea")),
    "underwater": (("underwater", "under the sea", "at the bottom of the sea"), ("an underwater scene", "the sea floor")),
    "space": (("in space", "in outer space", "among the planets"), ("outer space", "space")),
    "room": (("in a room", "in the living room", "indoors", "at home"), ("a room", "a living room")),
    "park": (("in the park", "in a garden", "on a park path"), ("a park", "a garden")),
    "farm": (("on a farm", "in a farmyard", "near a barn"), ("a farm", "a farmyard")),
    "lake": (("by a lake", "at the lake", "on the lake shore"), ("a lake", "a quiet lake")),
}
OUTDOOR = tuple(p for p in PLACES if p not in ("underwater", "space", "room"))

TIMES = {
    "day": ("by day", "on a bright day", "during the day", "in the daytime"),
    "sunset": ("at sunset", "at dusk", "in the evening", "at sundown"),
    "night": ("at night", "at midnight", "in the dark", "after dark"),
}
WEATHER = {
    "clear": (),
    "rain": ("in the rain", "on a rainy day", "in rainy weather"),
    "snowfall": ("in falling snow", "while it snows", "in a snowfall"),
    "fog": ("in the fog", "in the mist", "on a foggy day"),
    "storm": ("in a thunderstorm", "with lightning", "in a storm"),
}
SKY = {
    "sun": ("the sun", "a bright sun"),
    "moon": ("the moon", "a crescent moon"),
    "stars": ("stars", "a starry sky"),
    "clouds": ("clouds", "white clouds"),
    "rainbow": ("a rainbow",),
    "fireworks": ("fireworks",),
    "balloons": ("hot air balloons",),
}
STYLES = {
    "flat": ("flat illustration", "illustration", "clip art", "vector art"),
    "watercolour": ("watercolour painting", "watercolor", "watercolour", "watercolor painting"),
    "oil": ("oil painting", "oil painting with dark rembrandt light", "baroque oil painting", "rembrandt painting"),
    "ink": ("ink wash painting", "ink wash", "chinese ink painting", "sumi-e"),
    "pop": ("pop art", "pop art poster", "comic pop art"),
    "pencil": ("pencil sketch", "pencil drawing", "sketch"),
    "pixel": ("pixel art", "8-bit pixel art", "retro game pixel art"),
    "neon": ("neon art", "neon sign", "glowing neon art"),
    "mosaic": ("mosaic", "tile mosaic", "roman mosaic"),
    "papercut": ("paper cut", "paper cutout", "layered paper art"),
    "vintage": ("vintage photo", "sepia photo", "old photograph"),
    "chalk": ("chalk drawing", "chalkboard drawing", "chalk on a blackboard"),
}
COLOURLESS = ("ink", "pencil", "vintage", "neon")  # styles in which nobody could tell a colour: neon makes all of them pure
COUNTS = {1: (), 2: ("two", "a pair of", "2"), 3: ("three", "3"), 4: ("four", "4")}
SIZES = {"small": ("small", "tiny", "little"), "medium": (), "big": ("big", "large", "huge")}

# artwork key | names | kind | colouring | tier
# kind: g stands on the ground, a flies, w floats on water, u swims, s thing put on the ground
# colouring: c may be recoloured, - keeps its own colours; tier 1 is learned first
_TABLE = """
cat|cat,kitty|g|c|1
dog-face|dog,puppy|g|c|1
rabbit|rabbit,bunny|g|c|1
fox|fox|g|c|1
lion|lion|g|-|1
tiger|tiger|g|-|1
bear|bear|g|c|1
panda|panda|g|-|1
koala|koala|g|c|1
pig|pig|g|c|1
cow|cow|g|-|1
horse|horse|g|c|1
ewe|sheep|g|c|1
elephant|elephant|g|c|1
giraffe|giraffe|g|-|1
monkey|monkey|g|c|1
mouse|mouse|g|c|1
hedgehog|hedgehog|g|c|1
rooster|rooster|g|-|1
duck|duck|w|-|1
owl|owl|g|c|1
penguin|penguin|g|-|1
parrot|parrot|g|c|1
flamingo|flamingo|g|c|1
swan|swan|w|c|1
frog|frog|g|-|1
crocodile|crocodile,alligator|g|c|1
turtle|turtle,tortoise|u|c|1
snake|snake|g|c|1
sauropod|dinosaur|g|c|1
spouting-whale|whale|u|c|1
dolphin|dolphin|u|c|1
fish|fish|u|c|1
shark|shark|u|c|1
octopus|octopus|u|c|1
crab|crab|u|c|1
snail|snail|g|c|1
butterfly|butterfly|a|-|1
honeybee|bee|a|-|1
lady-beetle|ladybug,ladybird|g|c|1
unicorn|unicorn|g|-|1
dragon|dragon|g|c|1
baby-chick|chick|g|c|1
camel|camel|g|c|1
zebra|zebra|g|-|1
cactus|cactus|g|c|1
palm-tree|palm tree|g|-|1
evergreen-tree|pine tree,fir tree|g|c|1
deciduous-tree|tree|g|c|1
sunflower|sunflower|g|-|1
rose|rose|g|c|1
tulip|tulip|g|c|1
mushroom|mushroom|g|c|1
red-apple|apple|s|c|1
banana|banana|s|c|1
grapes|grapes|s|c|1
watermelon|watermelon|s|-|1
lemon|lemon|s|c|1
strawberry|strawberry|s|c|1
pineapple|pineapple|s|-|1
carrot|carrot|s|-|1
pizza|pizza|s|-|1
hamburger|hamburger,burger|s|-|1
doughnut|donut,doughnut|s|-|1
birthday-cake|cake,birthday cake|s|-|1
soft-ice-cream|ice cream|s|c|1
teapot|teapot|s|c|1
automobile|car,automobile|g|c|1
bus|bus|g|-|1
fire-engine|fire truck,fire engine|g|-|1
tractor|tractor|g|c|1
motorcycle|motorcycle,motorbike|g|c|1
bicycle|bicycle,bike|g|-|1
locomotive|train,steam train|g|-|1
airplane|airplane,plane|a|-|1
helicopter|helicopter|a|c|1
rocket|rocket,spaceship|a|-|1
flying-saucer|ufo,flying saucer|a|-|1
sailboat|sailboat,boat|w|-|1
ship|ship|w|-|1
house|house|g|-|1
castle|castle|g|-|1
church|church|g|-|1
tent|tent|g|c|1
ferris-wheel|ferris wheel|g|-|1
guitar|guitar|s|c|1
camera|camera|s|c|1
television|television,tv|s|-|1
light-bulb|light bulb|s|c|1
candle|candle|s|c|1
books|books|s|-|1
key|key|s|c|1
gem-stone|diamond,gem|s|c|1
crown|crown|s|c|1
trophy|trophy|s|-|1
balloon|balloon|a|c|1
wrapped-gift|gift,present|s|c|1
teddy-bear|teddy bear|s|c|1
soccer-ball|soccer ball|s|-|1
basketball|basketball|s|-|1
umbrella|umbrella|s|c|1
alarm-clock|alarm clock,clock|s|-|1
top-hat|top hat,hat|s|c|1
chair|chair|g|c|1
robot|robot|g|-|1
ghost|ghost|a|c|1
jack-o-lantern|pumpkin|s|c|1
snowman|snowman|g|-|1
red-heart|heart|s|c|1
star|star|a|c|1
alien|alien|g|c|1
wolf|wolf|g|c|2
deer|deer|g|c|2
goat|goat|g|c|2
polar-bear|polar bear|g|-|2
raccoon|raccoon|g|-|2
gorilla|gorilla|g|c|2
kangaroo|kangaroo|g|c|2
llama|llama|g|c|2
chipmunk|squirrel|g|c|2
seal|seal|u|c|2
otter|otter|u|c|2
peacock|peacock|g|-|2
dove|dove|a|-|2
bird|bird|a|c|2
eagle|eagle|a|-|2
bat|bat|a|c|2
moose|moose|g|c|2
hippopotamus|hippo|g|c|2
rhinoceros|rhino|g|c|2
t-rex|t-rex|g|c|2
lizard|lizard|g|c|2
tropical-fish|tropical fish|u|-|2
lobster|lobster|u|c|2
squid|squid|u|c|2
jellyfish|jellyfish|u|c|2
spider|spider|g|c|2
ant|ant|g|c|2
chicken|chicken,hen|g|-|2
cherry-blossom|cherry blossom|s|c|2
hibiscus|hibiscus|s|c|2
maple-leaf|maple leaf|s|c|2
potted-plant|potted plant|s|-|2
bouquet|bouquet|s|-|2
christmas-tree|christmas tree|g|-|2
tangerine|tangerine|s|c|2
pear|pear|s|c|2
peach|peach|s|c|2
cherries|cherries|s|c|2
coconut|coconut|s|-|2
avocado|avocado|s|-|2
tomato|tomato|s|-|2
ear-of-corn|corn|s|-|2
broccoli|broccoli|s|-|2
eggplant|eggplant,aubergine|s|c|2
bread|bread|s|-|2
croissant|croissant|s|-|2
cheese-wedge|cheese|s|-|2
hot-dog|hot dog|s|-|2
french-fries|fries|s|-|2
taco|taco|s|-|2
cookie|cookie|s|-|2
cupcake|cupcake|s|-|2
lollipop|lollipop|s|-|2
popcorn|popcorn|s|-|2
pancakes|pancakes|s|-|2
hot-beverage|coffee,cup of coffee|s|-|2
wine-glass|wine glass|s|-|2
beer-mug|beer|s|-|2
taxi|taxi|g|-|2
police-car|police car|g|-|2
ambulance|ambulance|g|-|2
motor-scooter|scooter|g|c|2
racing-car|race car|g|c|2
delivery-truck|truck|g|-|2
pickup-truck|pickup truck|g|c|2
satellite|satellite|a|-|2
speedboat|speedboat|w|-|2
canoe|canoe|w|c|2
skateboard|skateboard|s|c|2
parachute|parachute|a|-|2
hut|hut|g|c|2
fountain|fountain|g|-|2
tokyo-tower|tower|g|c|2
circus-tent|circus tent|g|-|2
japanese-castle|pagoda|g|-|2
violin|violin|s|c|2
trumpet|trumpet|s|c|2
drum|drum|s|-|2
laptop|laptop|s|-|2
mobile-phone|phone|s|-|2
pencil|pencil|s|c|2
artist-palette|palette|s|-|2
scissors|scissors|s|c|2
hammer|hammer|s|-|2
locked|padlock|s|c|2
ring|ring|s|-|2
baseball|baseball|s|-|2
kite|kite|a|-|2
magnet|magnet|s|-|2
bell|bell|s|c|2
hourglass-done|hourglass|s|-|2
watch|watch|s|c|2
sunglasses|sunglasses|s|-|2
dress|dress|s|c|2
t-shirt|t-shirt|s|c|2
running-shoe|sneaker,shoe|s|c|2
backpack|backpack|s|c|2
handbag|handbag|s|c|2
couch-and-lamp|sofa,couch|g|-|2
bed|bed|g|-|2
bathtub|bathtub|g|-|2
door|door|g|c|2
telescope|telescope|s|-|2
anchor|anchor|s|c|2
basket|basket|s|-|2
bucket|bucket|s|c|2
shield|shield|s|c|2
game-die|dice|s|-|2
puzzle-piece|puzzle piece|s|c|2
skull|skull|s|-|2
fire|fire,campfire|s|-|2
snowflake|snowflake|a|c|2
volcano|volcano|g|-|2
ringed-planet|planet|a|-|2
globe-showing-americas|earth|a|-|2
astronaut|astronaut|g|-|2
"""


@dataclass(frozen=True)
class Concept:
    key: str  # artwork name in the icon set
    names: tuple[str, ...]  # first the usual one, then synonyms
    kind: str  # g a w u s, see the table
    recolourable: bool
    tier: int


def _read_table() -> dict[str, Concept]:
    concepts = {}
    for line in _TABLE.strip().splitlines():
        key, names, kind, colouring, tier = line.split("|")
        concepts[names.split(",")[0]] = Concept(key, tuple(names.split(",")), kind, colouring == "c", int(tier))
    return concepts


CONCEPTS = _read_table()  # by usual name
CORE = tuple(name for name, c in CONCEPTS.items() if c.tier == 1)

PLURALS = {
    "sheep": "sheep",
    "fish": "fish",
    "tropical fish": "tropical fish",
    "octopus": "octopuses",
    "wolf": "wolves",
    "deer": "deer",
    "mouse": "mice",
    "kitty": "kitties",
    "puppy": "puppies",
    "bunny": "bunnies",
    "ladybug": "ladybugs",
    "butterfly": "butterflies",
    "strawberry": "strawberries",
    "church": "churches",
    "bus": "buses",
    "cactus": "cacti",
    "moose": "moose",
    "cherry blossom": "cherry blossoms",
    "peach": "peaches",
    "tomato": "tomatoes",
    "watch": "watches",
    "dress": "dresses",
    "couch": "couches",
    "fox": "foxes",
    "cup of coffee": "cups of coffee",
    "maple leaf": "maple leaves",
    "hippo": "hippos",
    "ice cream": "ice creams",
    "wine glass": "wine glasses",
    "t-rex": "t-rexes",
    "squid": "squid",
    "ufo": "ufos",
}
UNCOUNTED = {
    "grapes",
    "books",
    "cherries",
    "corn",
    "bread",
    "cheese",
    "fries",
    "popcorn",
    "pancakes",
    "coffee",
    "beer",
    "sunglasses",
    "scissors",
    "dice",
    "fire",
    "earth",
    "broccoli",
}


def plural(name: str) -> str:
    """'fox' -> 'foxes'."""
    return PLURALS.get(name) or (name if name in UNCOUNTED else name + "s")


def with_article(phrase: str, noun: str = "") -> str:
    """'orange fox' -> 'an orange fox'; words that are not counted stay bare."""
    if (noun or phrase) in UNCOUNTED:
        return phrase
    vowel = phrase[0] in "aeiou" and not phrase.startswith(("uni", "ufo"))
    return ("an " if vowel else "a ") + phrase

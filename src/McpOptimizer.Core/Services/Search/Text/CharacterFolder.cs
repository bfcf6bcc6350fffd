using System.Text;

namespace McpOptimizer.Core.Services.Search.Text;

/// <summary>
/// Makes one letter of what people and catalogues write in several ways: lower case, no accents, no full-width forms.
/// Own tables, because a host in invariant globalization mode has no Unicode normalisation to call.
/// </summary>
internal static class CharacterFolder
{
    // One folded letter per code point of the block; '.' where the block holds no letter.
    private const string Latin =
        "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggg" +
        "gggghhhhiiiiiiiiiiiijjkkĸllllllllllnnnnnnʼnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs" +
        "ƀɓƃƃƅƅɔƈƈɖɗƌƌƍǝəɛƒƒɠɣƕɩɨƙƙƚƛɯɲƞɵooƣƣƥƥʀƨƨʃƪƫƭƭʈuuʊʋƴƴƶƶʒƹƹƺƻƽƽƾƿǀǁǂǃdddlllnnnaaiioouuuuuuuuuuǝaa" +
        "aaææǥǥggkkooooʒʒjdddggƕƿnnaaææøøaaaaeeeeiiiioooorrrruuuussttȝȝhhƞȡȣȣȥȥaaeeooooooooyyȴȵȶȷȸȹⱥȼȼƚⱦȿ" +
        "ɀɂɂƀʉʌɇɇɉɉɋɋɍɍɏɏ";

    private const string LatinAdditional =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr" +
        "ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyasẜẝsẟaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee" +
        "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyỻỻỽỽỿỿ";

    private const string GreekAndCyrillic =
        "ͱͱͳͳʹ.ͷͷ..ͺͻͼͽ.ϳ......α.εηι.ο.υωιαβγδεζηθικλμνξοπρ.στυφχψωιυαεηιυαβγδεζηθικλμνξοπρσστυφχψωιυουωϗ" +
        "βθυυυφπϗϙϙϛϛϝϝϟϟϡϡϣϣϥϥϧϧϩϩϫϫϭϭϯϯκρςϳθε.ϸϸςϻϻϼͻͼͽееђгєѕіїјљњћкиўџабвгдежзийклмнопрстуфхцчшщъыьэюя" +
        "абвгдежзийклмнопрстуфхцчшщъыьэюяееђгєѕіїјљњћкиўџ";

    private const string GreekExtended =
        "ααααααααααααααααεεεεεε..εεεεεε..ηηηηηηηηηηηηηηηηιιιιιιιιιιιιιιιιοοοοοο..οοοοοο..υυυυυυυυ.υ.υ.υ.υ" +
        "ωωωωωωωωωωωωωωωωααεεηηιιοουυωω..ααααααααααααααααηηηηηηηηηηηηηηηηωωωωωωωωωωωωωωωωααααα.ααααααα.ι." +
        "..ηηη.ηηεεηηη...ιιιι..ιιιιιι....υυυυρρυυυυυυρ.....ωωω.ωωοοωωω...";

    /// <summary>The folded form of a letter, digit or symbol.</summary>
    public static Rune Fold(Rune rune)
    {
        int value = rune.Value;
        if (value < 0x80)
        {
            return value is >= 'A' and <= 'Z' ? new Rune(value | 0x20) : rune;
        }

        char folded = value switch
        {
            >= 0xC0 and <= 0x24F => Latin[value - 0xC0],
            >= 0x370 and <= 0x45F => GreekAndCyrillic[value - 0x370],
            >= 0x1E00 and <= 0x1EFF => LatinAdditional[value - 0x1E00],
            >= 0x1F00 and <= 0x1FFF => GreekExtended[value - 0x1F00],
            >= 0xFF01 and <= 0xFF5E => char.ToLowerInvariant((char)(value - 0xFEE0)),
            _ => '.',
        };
        return folded == '.' ? Rune.ToLowerInvariant(rune) : new Rune(folded);
    }
}

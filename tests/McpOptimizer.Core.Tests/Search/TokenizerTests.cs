using McpOptimizer.Core.Services.Search.Text;

namespace McpOptimizer.Core.Tests.Search;

public sealed class TokenizerTests
{
    [Theory]
    [InlineData("create_issue", "create issue")]
    [InlineData("list-pull-requests", "list pull requests")]
    [InlineData("getUserById", "get user by id getuserbyid")]
    [InlineData("HTTPServer", "http server httpserver")]
    [InlineData("GitHub", "git hub github")]
    [InlineData("user IDs and URLs", "user ids and urls")]
    [InlineData("base64 s3 oauth2", "base64 base s3 oauth2 oauth")]
    [InlineData("the user's files", "the user files")]
    [InlineData("don't", "dont")]
    [InlineData("C# and c++", "c# and c++")]
    [InlineData("Übergröße naïve façade", "ubergrose naive facade")]
    [InlineData("ΑΘΉΝΑ", "αθηνα")]
    [InlineData("ёлка", "елка")]
    [InlineData("ＦＵＬＬ", "full")]
    [InlineData("e\u0301tude", "etude")]
    [InlineData("天気予報", "天 気 天気 予 気予 報 予報")]
    [InlineData("ping 🚀 now", "ping 🚀 now")]
    [InlineData("", "")]
    [InlineData(" \t\n!?\u0000", "")]
    public void Tokenize_AnyText_GivesFoldedWords(string text, string expected)
    {
        Words(text).Should().Be(expected);
    }

    [Fact]
    public void Tokenize_LoneSurrogate_IsSkipped()
    {
        Words("a\uD83Db").Should().Be("a b");
    }

    [Fact]
    public void Tokenize_HugeWord_IsOneShortToken()
    {
        TokenBuffer buffer = new();
        Tokenizer.Tokenize(new string('x', 100_000), buffer);
        buffer.Tokens.Should().ContainSingle().Which.Length.Should().BeLessThan(100);
    }

    [Theory]
    [InlineData("creation", "create")]
    [InlineData("deleted", "deletion")]
    [InlineData("deployments", "deploy")]
    [InlineData("translator", "translation")]
    [InlineData("queries", "query")]
    [InlineData("retrieval", "retrieving")]
    [InlineData("sent", "sending")]
    [InlineData("running", "runs")]
    [InlineData("analytics", "analyze")]
    [InlineData("indices", "index")]
    [InlineData("scheduled", "scheduling")]
    [InlineData("subscriptions", "subscribe")]
    public void Stem_FormsOfOneWord_AreOneTerm(string left, string right)
    {
        Stem(left).Should().Be(Stem(right));
    }

    [Theory]
    [InlineData("university", "universe2")]
    [InlineData("news", "new")]
    [InlineData("status", "state")]
    [InlineData("bus", "but")]
    public void Stem_DifferentWords_StayApart(string left, string right)
    {
        Stem(left).Should().NotBe(Stem(right));
    }

    [Theory]
    [InlineData("日本")]
    [InlineData("елка")]
    [InlineData("go")]
    public void Stem_OtherScriptsAndShortWords_StayAsTheyAre(string word)
    {
        Stem(word).Should().Be(word);
    }

    private static string Words(string text)
    {
        TokenBuffer buffer = new();
        Tokenizer.Tokenize(text, buffer);
        return string.Join(' ', buffer.Tokens.Select(token => buffer.TextOf(token).ToString()));
    }

    private static string Stem(string word)
    {
        char[] buffer = [.. word, .. new char[Stemmer.Room]];
        return new string(buffer, 0, Stemmer.Stem(buffer, word.Length));
    }
}

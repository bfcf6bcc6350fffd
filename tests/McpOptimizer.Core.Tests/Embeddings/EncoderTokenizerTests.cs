using McpOptimizer.Core.Services.Embeddings;

namespace McpOptimizer.Core.Tests.Embeddings;

public sealed class EncoderTokenizerTests
{
    [Theory]
    [InlineData("createPullRequest", "create pull request")]
    [InlineData("HTTPServer2Go", "http server2 go")]
    [InlineData("list_s3_buckets-v2", "list s3 buckets v2")]
    [InlineData("What's Ana's plan?", "what ana plan")]
    [InlineData("the APIs and PRs", "the apis and prs")]
    [InlineData("call 4711 now, 3.14", "call # now # #")]
    [InlineData("GitHub k8s", "git hub k8s")]
    [InlineData("Grüße aus São Paulo", "grüße aus são paulo")]
    [InlineData("  ...  ", "")]
    public void TryNext_Text_GivesLowerCaseWords(string text, string expected)
    {
        Words(text).Should().Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void TryNext_EndlessWord_IsCut()
    {
        Words(new string('a', 500)).Should().ContainSingle().Which.Should().HaveLength(EncoderTokenizer.MaxWordLength);
    }

    private static List<string> Words(string text)
    {
        Span<char> buffer = stackalloc char[EncoderTokenizer.MaxWordLength];
        EncoderTokenizer tokenizer = new(text, buffer);
        List<string> words = [];
        while (tokenizer.TryNext(out ReadOnlySpan<char> word))
        {
            words.Add(word.ToString());
        }

        return words;
    }
}

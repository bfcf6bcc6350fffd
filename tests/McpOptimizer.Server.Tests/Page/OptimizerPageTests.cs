using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using McpOptimizer.Server.Page;
using McpOptimizer.Server.Tests.Api;

namespace McpOptimizer.Server.Tests.Page;

public sealed partial class OptimizerPageTests(ApiHostFixture fixture) : IClassFixture<ApiHostFixture>
{
    private static readonly PageFiles Files = PageFiles.Load();

    private readonly ApiHost _host = fixture.Host;

    [Fact]
    public async Task Files_AreOpen_AndOfTheirType_AndRefuseEverythingElse()
    {
        foreach ((string path, string type) in Files.Others.Select(file => (file.Key, file.Value.Type)).Append(("/", "text/html; charset=utf-8")))
        {
            using HttpResponseMessage response = await SendAsync(HttpMethod.Get, path);

            response.StatusCode.Should().Be(HttpStatusCode.OK, path);
            response.Content.Headers.ContentType!.ToString().Should().Be(type, path);
            string policy = response.Headers.GetValues("Content-Security-Policy").Single();
            policy.Should().StartWith("default-src 'none'").And.Contain("require-trusted-types-for 'script'").And.Contain("frame-ancestors 'none'").And.NotContain("unsafe").And.NotContain("http");
            response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
            response.Headers.Contains("Set-Cookie").Should().BeFalse();
        }
    }

    [Fact]
    public async Task Files_AreKept_AndTheFirstIsAskedForAgain()
    {
        using HttpResponseMessage first = await SendAsync(HttpMethod.Get, "/");
        string start = await first.Content.ReadAsStringAsync();
        string[] named = [.. References().Matches(start).Select(match => match.Groups[1].Value)];
        named.Should().HaveCount(3).And.OnlyContain(path => Files.Others.ContainsKey(path));
        first.Headers.CacheControl!.NoCache.Should().BeTrue();
        using HttpResponseMessage unchanged = await SendAsync(HttpMethod.Get, "/", first.Headers.ETag!.ToString());
        unchanged.StatusCode.Should().Be(HttpStatusCode.NotModified);
        (await unchanged.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        using HttpResponseMessage changed = await SendAsync(HttpMethod.Get, "/", "\"of-another-version\"");
        changed.StatusCode.Should().Be(HttpStatusCode.OK);
        using HttpResponseMessage module = await SendAsync(HttpMethod.Get, named.Single(path => path.EndsWith(".js", StringComparison.Ordinal)));
        module.Headers.CacheControl!.ToString().Should().Contain("immutable").And.Contain("max-age=31536000");
        using HttpResponseMessage head = await SendAsync(HttpMethod.Head, "/");
        head.Content.Headers.ContentLength.Should().Be(Files.Start.Content.Length);
        using HttpResponseMessage other = await SendAsync(HttpMethod.Get, "/page/0000000000000000/app.js");
        other.StatusCode.Should().NotBe(HttpStatusCode.OK, "files of another version are not these");
    }

    /// <summary>The policy would stop it; that it is not even tried is what the review of a change sees here.</summary>
    [Fact]
    public void Sources_MakeNoMarkupOfText_AndComeFromHereAlone()
    {
        foreach ((string path, PageFile file) in Files.Others)
        {
            string text = Encoding.UTF8.GetString(file.Content.Span);
            Forbidden().Matches(text).Select(match => match.Value).Should().BeEmpty(path);
            text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).Should().NotContain("http://", path).And.NotContain("https://", path);
        }

        Encoding.UTF8.GetString(Files.Start.Content.Span).Should().NotContain("<style").And.NotContain(" style=").And.NotContain("onclick");
    }

    /// <summary>Texts are in one place, so that they can be translated: every name that the modules use is there.</summary>
    [Fact]
    public void Modules_NameOnlyTextsThatExist()
    {
        string texts = Text("texts.js");
        foreach (string module in Files.Others.Keys.Where(path => path.EndsWith(".js", StringComparison.Ordinal) && !path.EndsWith("texts.js", StringComparison.Ordinal)))
        {
            foreach (Match use in TextUse().Matches(Encoding.UTF8.GetString(Files.Others[module].Content.Span)))
            {
                texts.Should().MatchRegex($@"\b{use.Groups[1].Value}:", $"{module} uses {use.Value}");
            }
        }

        static string Text(string name) => Encoding.UTF8.GetString(Files.Others.Single(file => file.Key.EndsWith(name, StringComparison.Ordinal)).Value.Content.Span);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? known = null)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(method, new Uri(_host.Address, path));
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        return await http.SendAsync(request);
    }

    [GeneratedRegex("(?:href|src)=\"(/page/[^\"]+)\"")]
    private static partial Regex References();

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|DOMParser|createContextualFragment|localStorage|document\.cookie|@import")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"\b(?:t|texts(?:\.[a-zA-Z]+)?)\.([a-zA-Z]+)\b(?<!texts\.js)")]
    private static partial Regex TextUse();
}

using System.Net.Http.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>Servers whose names and texts are meant for a browser: they are text, and nothing else happens.</summary>
[Collection(OneBrowser.Name)]
public sealed class HostilePageTests(BrowserFixture fixture)
{
    private const string Image = "<img src=x onerror=\"window.pwned=1\">";
    private const string Script = "<script>window.pwned=1</script><svg onload=window.pwned=1>\"'><a href=javascript:window.pwned=1>click</a>";

    private static readonly string[] Pages = ["overview", "find?need=image", "catalogue", "doctor", "trust", "calls", "settings"];

    [BrowserFact]
    public async Task TextsOfStrangers_AreText_OnEveryPage()
    {
        await using Workplace work = new();
        work.Add(
            Image,
            new StubTool(Image, "Shows an image. " + Script),
            new StubTool("__proto__", "Looks at a prototype. " + Script, Schema: $$"""
                {"type":"object","properties":{"__proto__":{"type":"string","description":{{Quoted(Script)}}},"constructor":{"enum":[{{Quoted(Image)}},"image"]},"self":{"$ref":"#"},"x":{"$ref":"#/properties/__proto__"} } }
                """),
            new StubTool("right\u202eto\u200bleft", "Reads an image from right to left."),
            new StubTool("long" + new string('x', 400), "An image. " + new string('y', 5_000)),
            new StubTool("image", new string('<', 100) + "image" + Script, Schema: """{"type":"object","properties":{"text":{"type":"string"}}}"""));
        await work.StartAsync();
        using HttpClient http = work.Http();
        await http.PostAsJsonAsync("/api/call", new { server = Image, tool = "image", arguments = new { text = Script } });
        await http.PostAsJsonAsync("/api/call", new { server = Script, tool = Image, arguments = new { } });

        await using Visit visit = await Visit.OpenAsync(fixture.Browser, work, "overview", width: 360);
        IPage page = visit.Page;
        foreach (string key in Pages)
        {
            await page.EvaluateAsync("key => { location.hash = '#/' + key; }", key);
            await visit.SettleAsync();
            if (key == "doctor")
            {
                await visit.Button("Examine").ClickAsync();
                await page.Locator(".tiles").WaitForAsync();
            }

            // Everything that opens, opened.
            for (int i = 0; i < 3; i++)
            {
                await page.EvaluateAsync("() => { for (const part of document.querySelectorAll('main details')) part.open = true; }");
                await visit.SettleAsync();
            }

            (await page.EvaluateAsync<bool>("'pwned' in window")).Should().BeFalse(key);
            (await page.Locator("main img, main script, main a[href^=javascript], main svg[onload]").CountAsync()).Should().Be(0, key);
            (await page.Locator("main").InnerTextAsync()).Should().NotContain("\u202e").And.NotContain("\u200b");
            (await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth")).Should().BeLessThanOrEqualTo(360, key);
        }

        await page.EvaluateAsync("() => { location.hash = '#/find?need=image'; }");
        ILocator hit = page.Locator(".hit").Filter(new() { HasText = "<<<<" }).First;
        await hit.GetByText("Call it…").ClickAsync();
        await hit.GetByLabel("text").FillAsync(Script);
        await hit.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await Expect(hit.Locator("pre.answer")).ToHaveTextAsync(Script);
        (await page.EvaluateAsync<bool>("'pwned' in window")).Should().BeFalse();
    }

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}

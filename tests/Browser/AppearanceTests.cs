using System.Net.Http.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>What holds for every page: it can be read by everybody, in light and dark, on a small screen and with the keyboard.</summary>
[Collection(OneBrowser.Name)]
public sealed class AppearanceTests(BrowserFixture fixture)
{
    private static readonly string[] Pages = ["overview", "find?need=write+a+note", "catalogue", "doctor", "trust", "calls", "settings"];

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryPage_HasNoSeriousFault(bool dark)
    {
        await using Visit entry = await Visit.OpenAsync(fixture.Browser, fixture.Work, "", dark, signedIn: false, isInspected: true);
        await entry.Page.GetByLabel("Token").WaitForAsync();
        await ShouldBeAccessibleAsync(entry.Page, dark, "sign-in");
        await using Visit visit = await Visit.OpenAsync(fixture.Browser, fixture.Work, Pages[0], dark, isInspected: true);
        foreach (string key in Pages)
        {
            await visit.Page.EvaluateAsync("key => { location.hash = '#/' + key; }", key);
            await ReadyAsync(visit, key);
            await ShouldBeAccessibleAsync(visit.Page, dark, key);
        }
    }

    [BrowserFact]
    public async Task EveryPage_FitsASmallScreen()
    {
        foreach (string key in Pages)
        {
            await using Visit visit = await ShowAsync(key, width: 360);
            (await visit.Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth")).Should().BeLessThanOrEqualTo(360, key);
        }
    }

    [BrowserFact]
    public async Task Keyboard_ReachesEverything()
    {
        await using Visit visit = await ShowAsync("overview");
        IPage page = visit.Page;
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByText("Skip to the content")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();

        // Along the bar to Find, by its link.
        await page.EvaluateAsync("document.activeElement.blur()");
        await page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Find" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Find" })).ToHaveAttributeAsync("aria-current", "page");
        (await page.TitleAsync()).Should().StartWith("Find");

        // Search, open a hit's form, call and leave the dialog, without a pointer.
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("delete a note for ever");
        await page.Keyboard.PressAsync("Enter");
        ILocator hit = page.Locator(".hit").Filter(new() { HasText = "notes/delete_note" });
        await hit.WaitForAsync();
        await TabToAsync(page, hit.Locator("summary").Last);
        await page.Keyboard.PressAsync("Enter");
        await hit.GetByLabel("text").WaitForAsync();
        await TabToAsync(page, hit.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(hit.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true })).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task Screenshots_AreTakenWhenAskedFor()
    {
        if (!Screenshots.AreWanted)
        {
            return;
        }

        using HttpClient http = fixture.Work.Http();
        for (int i = 0; i < 12; i++)
        {
            await http.GetStringAsync("/api/find?need=" + (i % 2 == 0 ? "write+a+note" : "when+is+everybody+free"));
            await http.PostAsJsonAsync("/api/call", new { server = i % 3 == 0 ? "notes" : "calendar", tool = i % 3 == 0 ? "search_notes" : i % 4 == 1 ? "event_detail" : "find_free_time", arguments = new { text = "x" } });
        }

        foreach ((string key, string name, bool dark, int width) in new[]
        {
            ("overview", "overview", false, 1280), ("overview", "overview-dark", true, 1280), ("overview", "overview-small", false, 360), ("find?need=write+down+what+we+decided", "find", false, 1280),
            ("catalogue?server=notes", "catalogue", false, 1280), ("doctor", "doctor", false, 1280), ("calls", "calls", true, 1040), ("settings", "settings", false, 1280),
        })
        {
            await using Visit visit = await ShowAsync(key, dark, width);
            if (name == "find")
            {
                ILocator hit = visit.Page.Locator(".hit").Filter(new() { HasText = "create_note" }).First;
                await hit.GetByText("Why it is here").ClickAsync();
                await hit.GetByText("Call it…").ClickAsync();
                await visit.SettleAsync();
            }

            await Screenshots.TakeAsync(visit.Page, name);
        }

        await using Visit entry = await Visit.OpenAsync(fixture.Browser, fixture.Work, "", signedIn: false);
        await entry.Page.GetByLabel("Token").WaitForAsync();
        await Screenshots.TakeAsync(entry.Page, "sign-in");
    }

    private async Task<Visit> ShowAsync(string key, bool dark = false, int width = 1280)
    {
        Visit visit = await Visit.OpenAsync(fixture.Browser, fixture.Work, key, dark, width);
        await ReadyAsync(visit, key);
        return visit;
    }

    private static async Task ReadyAsync(Visit visit, string key)
    {
        await visit.Page.Locator($"nav a[aria-current][href='#/{key.Split('?')[0]}']").WaitForAsync();
        await visit.SettleAsync();
        if (key == "doctor")
        {
            await visit.Button("Examine").ClickAsync();
            await visit.Page.Locator(".tiles").WaitForAsync();
        }
        else if (key.StartsWith("find?", StringComparison.Ordinal))
        {
            await visit.Page.Locator(".hit").First.WaitForAsync();
        }
    }

    private static async Task TabToAsync(IPage page, ILocator target)
    {
        for (int i = 0; i < 80; i++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException("The keyboard does not reach it.");
    }

    // In the dark only colours differ.
    private static async Task ShouldBeAccessibleAsync(IPage page, bool dark, string what)
    {
        AxeRunOptions options = dark ? new() { RunOnly = new() { Type = "rule", Values = ["color-contrast"] } } : new();
        AxeResult result = await page.RunAxe(options);
        result.Violations.Where(violation => violation.Impact is "serious" or "critical" or "moderate")
            .Select(violation => $"{what}: {violation.Id} ({violation.Impact}): {string.Join(" | ", violation.Nodes.Take(4).Select(node => node.Html))}")
            .Should().BeEmpty();
    }
}

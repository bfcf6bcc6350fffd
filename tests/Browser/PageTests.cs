using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>Each page does its job, with real servers behind.</summary>
[Collection(OneBrowser.Name)]
public sealed class PageTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task SignIn_TakesTheSecret_KeepsItForTheTab_AndNoCookie()
    {
        await using Visit visit = await OpenAsync("overview", signedIn: false);
        IPage page = visit.Page;
        await page.GetByLabel("Token").FillAsync("wrong");
        await visit.Button("Open").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not open this host");

        await page.GetByLabel("Token").FillAsync(fixture.Work.Secret);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
        (await page.Context.CookiesAsync()).Should().BeEmpty();
        (await page.EvaluateAsync<int>("localStorage.length")).Should().Be(0);
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");

        IPage other = await page.Context.NewPageAsync();
        await other.GotoAsync(fixture.Work.Address.ToString());
        await Expect(other.GetByLabel("Token")).ToBeVisibleAsync();

        await visit.Button("Sign out").ClickAsync();
        await Expect(page.GetByLabel("Token")).ToBeFocusedAsync();
        (await page.EvaluateAsync<int>("sessionStorage.length")).Should().Be(0);
    }

    [BrowserFact]
    public async Task Overview_ShowsServers_WhyOneIsDown_AndWhatWasSaved()
    {
        using HttpClient http = fixture.Work.Http();
        await http.GetStringAsync("/api/find?need=write+something+down");
        await CallAsync(http, "notes", "search_notes");

        await using Visit visit = await OpenAsync("overview");

        ILocator dead = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "mail" });
        await Expect(dead).ToContainTextAsync("failing");
        await Expect(dead).ToContainTextAsync("no-such-program");
        await Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "notes" })).ToContainTextAsync("running");
        await Expect(visit.Page.GetByText("2 of 3 running")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Assumed: without the optimizer")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("Searches and calls a minute") })).ToBeVisibleAsync();

        // By itself, without a reload.
        string before = await visit.Page.Locator(".tile", new() { HasText = "Searches" }).Locator(".tile-value").InnerTextAsync();
        await http.GetStringAsync("/api/find?need=write+something+down");
        await Expect(visit.Page.Locator(".tile", new() { HasText = "Searches" }).Locator(".tile-value")).Not.ToHaveTextAsync(before);
    }

    [BrowserFact]
    public async Task Find_ShowsHits_Why_WhatAModelSees_AndWhyAnotherIsAbsent()
    {
        await using Visit visit = await OpenAsync("find");
        IPage page = visit.Page;
        await page.GetByLabel("What do you need to do?").FillAsync("write a note into a notebook");
        await page.GetByLabel("Shown").SelectOptionAsync("compact");
        await page.Keyboard.PressAsync("Tab");
        await page.GetByLabel("What do you need to do?").PressAsync("Enter");

        ILocator first = page.Locator(".hit").First;
        await Expect(first).ToContainTextAsync("notes/create_note");
        await Expect(first).ToContainTextAsync("may change something");
        await first.GetByText("Why it is here").ClickAsync();
        await Expect(first).ToContainTextAsync("By its meaning: place");
        await page.GetByText("As a model sees it").ClickAsync();
        await Expect(page.Locator("pre.json").First).ToContainTextAsync("\"mcp_server_name\": \"notes\"");
        await Expect(page.Locator("pre.json").First).Not.ToContainTextAsync("inputSchema");

        await page.GetByLabel("Tool", new() { Exact = true }).FillAsync("calendar/week_number");
        await visit.Button("Explain").ClickAsync();
        await Expect(page.GetByText("Others were nearer")).ToBeVisibleAsync();

        await page.GetByLabel("As profile").SelectOptionAsync("reader");
        await visit.Button("Find").ClickAsync();
        await Expect(page.Locator(".hit").First).Not.ToContainTextAsync("create_note");
        await page.GetByLabel("Tool", new() { Exact = true }).FillAsync("notes/create_note");
        await visit.Button("Explain").ClickAsync();
        await Expect(page.GetByText("Hidden by the profile")).ToBeVisibleAsync();

        await page.GetByLabel("Shown").SelectOptionAsync("budget");
        await page.GetByLabel("Budget in tokens").FillAsync("100");
        await visit.Button("Find").ClickAsync();
        await Expect(page.Locator(".summary")).ToContainTextAsync("saved");
    }

    [BrowserFact]
    public async Task Find_CallsAToolByItsForm_AndAsksBeforeSomethingChanges()
    {
        await using Visit visit = await OpenAsync("find?need=create+a+note+in+a+notebook");
        IPage page = visit.Page;
        ILocator hit = page.Locator(".hit").Filter(new() { HasText = "notes/create_note" });
        await hit.GetByText("Call it…").ClickAsync();
        await hit.GetByLabel("title").FillAsync("Groceries");
        await hit.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^text") }).FillAsync("Milk, bread");
        await hit.GetByLabel("notebook").SelectOptionAsync(new SelectOptionValue { Label = "home" });
        await hit.GetByLabel("priority").FillAsync("many");
        await hit.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await Expect(hit.GetByRole(AriaRole.Alert)).ToHaveTextAsync("priority is no number.");
        await hit.GetByLabel("priority").FillAsync("2");
        await hit.GetByLabel("pinned").SelectOptionAsync("true");
        await hit.GetByLabel("tags").FillAsync("food\nweekend");
        await hit.GetByLabel(new Regex("^at ")).FillAsync("2026-12-01T08:00:00Z");
        await hit.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();

        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("notes/create_note does not say that it changes nothing");
        JsonElement given = JsonElement.Parse(await dialog.Locator("pre").InnerTextAsync());
        JsonElement.DeepEquals(given, JsonElement.Parse("""
            {"title":"Groceries","text":"Milk, bread","notebook":"home","priority":2,"pinned":true,"tags":["food","weekend"],"reminder":{"at":"2026-12-01T08:00:00Z"}}
            """)).Should().BeTrue(given.ToString());
        long before = await CallsAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        (await CallsAsync()).Should().Be(before, "what was not confirmed is not called");

        await hit.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Call it", Exact = true }).ClickAsync();
        await Expect(hit.Locator("pre.answer")).ToHaveTextAsync("Milk, bread");
        (await CallsAsync()).Should().Be(before + 1);

        // What is read-only is called at once; arguments may be written as JSON.
        ILocator reader = page.Locator(".hit").Filter(new() { HasText = "read-only" }).First;
        await reader.GetByText("Call it…").ClickAsync();
        await reader.GetByText("Write the arguments as JSON").ClickAsync();
        await reader.Locator("textarea").FillAsync("""{"text":"by hand"}""");
        await reader.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await Expect(reader.Locator("pre.answer")).ToHaveTextAsync("by hand");
    }

    [BrowserFact]
    public async Task Catalogue_ListsByServer_Filters_AndShowsDefinitions()
    {
        await using Visit visit = await OpenAsync("catalogue");
        IPage page = visit.Page;
        await Expect(page.Locator(".summary")).ToContainTextAsync("28 tools");
        await page.GetByLabel("Filter by name or text").FillAsync("meeting room");
        await Expect(page.Locator(".tools > li")).ToHaveCountAsync(2);
        await page.GetByText("book_room").ClickAsync();
        await page.GetByText("Definition", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("pre.json")).ToContainTextAsync("\"readOnlyHint\": false");
        await page.GetByLabel("Filter by name or text").FillAsync("");
        await page.GetByLabel("Server").SelectOptionAsync("notes");
        await Expect(page.Locator(".summary")).ToContainTextAsync("14 tools");
        await Expect(page.Locator(".tools")).ToContainTextAsync("search_notes");
    }

    [BrowserFact]
    public async Task Doctor_ReportsWithSuggestions()
    {
        await using Visit visit = await OpenAsync("doctor");
        await visit.Button("Examine").ClickAsync();
        await Expect(visit.Page.Locator(".tile", new() { HasText = "Found first" })).ToContainTextAsync("of 28");
        await Expect(visit.Page.Locator(".findings > li").First).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Calls_AppearByThemselves_WithoutArguments()
    {
        await using Visit visit = await OpenAsync("calls");
        using HttpClient http = fixture.Work.Http();

        await CallAsync(http, "calendar", "list_rooms", "a-private-word");
        await CallAsync(http, "calendar", "no_such_tool", "a-private-word");

        ILocator row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "list_rooms" }).First;
        await Expect(row).ToContainTextAsync("answered");
        await Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "no_such_tool" }).First).ToContainTextAsync("not found");
        (await visit.Page.ContentAsync()).Should().NotContain("a-private-word");
        await Expect(visit.Page.GetByText("Arguments are not recorded.")).ToBeVisibleAsync();
        await visit.Button("Pause").ClickAsync();
        await Expect(visit.Button("Go on")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [BrowserFact]
    public async Task Calls_AreHeardOfAtOnce_AndAskedForWhereNothingIsHeard()
    {
        using HttpClient http = fixture.Work.Http();
        await using Visit visit = await OpenAsync("calls");
        await visit.Page.Clock.InstallAsync();
        await visit.Page.ReloadAsync();
        await visit.SettleAsync();

        // No timer ends any more: only the optimizer's own word brings the page to look.
        await visit.Page.Clock.PauseAtAsync(DateTime.UtcNow.AddMinutes(2));
        await CallAsync(http, "notes", "list_tags");
        await Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "list_tags" }).First).ToContainTextAsync("answered");

        await using Visit deaf = await OpenAsync("settings");
        await deaf.Page.RouteAsync("**/api/events", route => route.AbortAsync());
        await deaf.Page.EvaluateAsync("() => { location.hash = '#/calls'; }");
        await deaf.SettleAsync();
        await CallAsync(http, "notes", "count_notes");
        await Expect(deaf.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "count_notes" }).First).ToContainTextAsync("answered");
    }

    [BrowserFact]
    public async Task Call_ThatAsks_IsAnsweredDeclinedOrCancelled_AndACutResultIsReadOn()
    {
        await using Workplace work = new();
        work.Add("stub");
        await work.StartAsync(new Dictionary<string, string> { ["McpOptimizer__Responses__MaxTokens"] = "1000" });
        await using Visit visit = await Visit.OpenAsync(fixture.Browser, work, "find?need=ask&limit=20");
        IPage page = visit.Page;
        ILocator hit = page.Locator(".hit").Filter(new() { HasText = "stub/ask" });
        await hit.GetByText("Call it…").ClickAsync();
        ILocator call = hit.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true });
        await call.ClickAsync();
        ILocator question = hit.Locator(".question");
        await Expect(question).ToContainTextAsync("stub asks:");
        await Expect(question).ToContainTextAsync("Your name?");
        await question.GetByLabel("name").FillAsync("Ada");
        await question.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
        await Expect(hit.Locator("pre.answer")).ToContainTextAsync("\"name\":\"Ada\"");

        await call.ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();
        await Expect(hit.Locator("pre.answer")).ToContainTextAsync("\"action\":\"decline\"");
        await call.ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Cancel the question" }).ClickAsync();
        await Expect(hit.Locator("pre.answer")).ToContainTextAsync("\"action\":\"cancel\"");

        await page.EvaluateAsync("() => { location.hash = '#/find?need=flood'; }");
        ILocator flood = page.Locator(".hit").Filter(new() { HasText = "stub/flood" });
        await flood.GetByText("Call it…").ClickAsync();
        await flood.GetByText("Write the arguments as JSON").ClickAsync();
        await flood.Locator("textarea").FillAsync("""{"bytes":20000}""");
        await flood.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await Expect(flood).ToContainTextAsync("The result was cut to fit");
        await flood.GetByRole(AriaRole.Button, new() { Name = "Read the whole text" }).ClickAsync();
        await Expect(flood).ToContainTextAsync("8,000 of 20,000 characters");
        ILocator more = flood.GetByRole(AriaRole.Button, new() { Name = "Read on" });
        await more.ClickAsync();
        await Expect(flood).ToContainTextAsync("16,000 of 20,000 characters");
        await more.ClickAsync();
        await Expect(flood).ToContainTextAsync("20,000 of 20,000 characters");
        await Expect(more).ToBeHiddenAsync();
        string.Concat(await flood.Locator(".rest pre.answer").AllInnerTextsAsync()).Should().Be(new string('x', 20_000));
    }

    [BrowserFact]
    public async Task Settings_SayWhereTheyWereSet_AndWhatProfilesSee()
    {
        await using Visit visit = await OpenAsync("settings");
        IPage page = visit.Page;
        await page.GetByLabel("Filter by name or value").FillAsync("MaxToolsToReturn");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "MaxToolsToReturn" })).ToContainTextAsync("environment");
        await page.GetByLabel("Filter by name or value").FillAsync("");
        await page.GetByLabel("Only what was set").CheckAsync();
        await Expect(page.GetByText("CandidateCount")).ToHaveCountAsync(0);
        ILocator profile = page.Locator(".profiles .card").Filter(new() { HasText = "calendar-only" });
        await Expect(profile).ToContainTextAsync("sees 14 tools of 1 server");
        await profile.GetByText("Its tools").ClickAsync();
        await Expect(profile).ToContainTextAsync("calendar/book_room");
    }

    private Task<Visit> OpenAsync(string page, bool signedIn = true) => Visit.OpenAsync(fixture.Browser, fixture.Work, page, signedIn: signedIn);

    private static async Task CallAsync(HttpClient http, string server, string tool, string text = "hello") =>
        (await http.PostAsJsonAsync("/api/call", new { server, tool, arguments = new { text } })).EnsureSuccessStatusCode();

    private async Task<long> CallsAsync()
    {
        using HttpClient http = fixture.Work.Http();
        return JsonElement.Parse(await http.GetStringAsync("/api/calls?limit=1")).GetProperty("newest").GetInt64();
    }
}

using Microsoft.Playwright;

namespace Browser;

/// <summary>One browser and one optimizer, with two ordinary servers and one that does not start, for the tests that do not disturb each other.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;

    internal IBrowser Browser { get; private set; } = null!;

    internal Workplace Work { get; } = new();

    internal static StubTool[] Notes { get; } =
    [
        new("search_notes", "Searches all notes for a text. Titles count more than bodies."),
        new("create_note", "Creates a note in a notebook.", IsReadOnly: false, """
            {"type":"object","required":["title","text"],"properties":{"title":{"type":"string","description":"One line."},"text":{"type":"string","description":"The note itself, in Markdown."},
            "notebook":{"enum":["inbox","work","home"],"description":"Where to put it."},"priority":{"type":"integer","default":3},"pinned":{"type":"boolean"},
            "tags":{"type":"array","items":{"type":"string"},"description":"Words to find it by."},
            "reminder":{"type":"object","required":["at"],"properties":{"at":{"type":"string","format":"date-time","description":"When to remind."},"repeat":{"enum":["never","daily","weekly"]}}}}}
            """),
        new("delete_note", "Deletes a note for ever.", IsReadOnly: false),
        new("list_notebooks", "Lists the notebooks with the number of notes in each."),
        new("read_note", "Reads one note by its id."),
        new("rename_notebook", "Gives a notebook another name.", IsReadOnly: false),
        new("append_to_note", "Adds a paragraph at the end of a note.", IsReadOnly: false),
        new("list_tags", "Lists all tags, the most used first."),
        new("export_notes", "Exports notes of a time span as Markdown files."),
        new("fetch_attachment", "Fetches an attachment of a note."),
        new("note_history", "Shows the earlier versions of a note."),
        new("share_note", "Makes a link under which others can read a note.", IsReadOnly: false),
        new("count_notes", "Counts notes by notebook and month."),
        new("archive_notebook", "Moves a notebook into the archive.", IsReadOnly: false),
    ];

    internal static StubTool[] Calendar { get; } =
    [
        new("list_events", "Lists the events of a day or a week."),
        new("create_event", "Puts an event into the calendar.", IsReadOnly: false),
        new("find_free_time", "Finds a time at which all people asked are free."),
        new("move_event", "Moves an event to another time.", IsReadOnly: false),
        new("cancel_event", "Cancels an event and tells its guests.", IsReadOnly: false),
        new("list_calendars", "Lists the calendars one may read."),
        new("event_details", "Lists the events of a day or a week."),
        new("list_holidays", "Lists public holidays of a country."),
        new("answer_invitation", "Accepts or declines an invitation.", IsReadOnly: false),
        new("list_rooms", "Lists meeting rooms with their seats."),
        new("book_room", "Books a meeting room.", IsReadOnly: false),
        new("time_zone", "Tells the time zone of a city."),
        new("remind_me", "", IsReadOnly: false),
        new("week_number", "Tells the number of the week of a date."),
    ];

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null)
        {
            return;
        }

        // The page asks again every few seconds, and the machine may be busy.
        Assertions.SetDefaultExpectTimeout(20_000);
        Work.Add("notes", Notes);
        Work.Add("calendar", Calendar);
        Work.AddDead("mail");
        Task starting = Work.StartAsync(new Dictionary<string, string>
        {
            ["McpOptimizer__Profiles__reader__ReadOnly"] = "true",
            ["McpOptimizer__Profiles__calendar-only__Servers__0"] = "calendar",
            ["McpOptimizer__Profiles__calendar-only__CallsPerMinute"] = "60",
            ["McpOptimizer__Search__MaxToolsToReturn"] = "5",
        });
        _playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(_playwright);
        await starting;
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await Work.DisposeAsync();
    }
}

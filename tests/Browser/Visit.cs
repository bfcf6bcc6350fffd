using Microsoft.Playwright;

namespace Browser;

/// <summary>One tab. Whatever the browser complains of, violations of the page's policy above all, fails the test at its end.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Visit(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.PageError += (_, fault) => _complaints.Add(fault);
        page.Dialog += (_, dialog) => _complaints.Add("a dialog of the browser: " + dialog.Message);
        page.Console += (_, message) =>
        {
            // A refused request is written to the console by the browser itself.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                _complaints.Add($"{message.Type}: {message.Text}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Opens a page of the optimizer.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="work">The optimizer.</param>
    /// <param name="page">The page's key, with parameters if any.</param>
    /// <param name="dark">Whether the system is dark.</param>
    /// <param name="width">The width of the window.</param>
    /// <param name="signedIn">Whether the token is there already.</param>
    /// <param name="isInspected">Whether a tool is to be run inside the page, which the page's policy would refuse.</param>
    public static async Task<Visit> OpenAsync(IBrowser browser, Workplace work, string page, bool dark = false, int width = 1280, bool signedIn = true, bool isInspected = false)
    {
        IBrowserContext context = await browser.NewContextAsync(new()
        {
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "UTC",
            BypassCSP = isInspected,
        });
        context.SetDefaultTimeout(15_000);
        if (signedIn)
        {
            await context.AddInitScriptAsync($"sessionStorage.setItem('mcp-optimizer.token', '{work.Secret}')");
        }

        Visit visit = new(context, await context.NewPageAsync());
        await visit.Page.GotoAsync(new Uri(work.Address, $"/#/{page}").ToString());
        if (signedIn)
        {
            await visit.Page.Locator("h1").WaitForAsync();
            await visit.SettleAsync();
        }

        return visit;
    }

    /// <summary>Waits until nothing is being loaded.</summary>
    public Task SettleAsync() => Assertions.Expect(Page.Locator("text=Loading…")).ToHaveCountAsync(0);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        _complaints.Should().BeEmpty("a page that is well gives the browser no reason to complain");
    }
}

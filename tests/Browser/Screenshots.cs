using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace Browser;

/// <summary>Pictures for the documentation, taken by the tests when UPDATE_SCREENSHOTS=1 is in the environment.</summary>
internal static class Screenshots
{
    private const long Largest = 120 * 1024;

    public static bool AreWanted { get; } = Environment.GetEnvironmentVariable("UPDATE_SCREENSHOTS") == "1";

    public static async Task TakeAsync(IPage page, string name)
    {
        string path = Path.Combine(Path.GetDirectoryName(Here())!, "../../docs/screenshots", name + ".png");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await page.SetViewportSizeAsync(page.ViewportSize!.Width, 760);
        await page.ScreenshotAsync(new() { Path = path, Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
        new FileInfo(path).Length.Should().BeLessThanOrEqualTo(Largest, "a picture must not weigh more than what it explains");
    }

    private static string Here([CallerFilePath] string path = "") => path;
}

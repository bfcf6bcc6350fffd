using Coder.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Coder.Recorder;

/// <summary>Drives the client through the life of an agent on a live deployment and writes one redacted fixture for each call.</summary>
public static class RecorderProgram
{
    /// <summary>Runs the recorder; returns 0, 1 when something failed or a secret survived, 2 when the settings are at fault.</summary>
    public static async Task<int> RunAsync(string[] args, Func<string, string?> environment, TextWriter output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (RecorderSettings.Read(args, environment, out string? faults) is not { } settings)
        {
            await output.WriteLineAsync($"{faults} {RecorderSettings.Usage}");
            return 2;
        }

        try
        {
            IReadOnlyList<Fixture> fixtures = await RecordAsync(settings, TimeProvider.System, cancellationToken);
            await output.WriteLineAsync($"{fixtures.Count} fixtures in {settings.Folder}.");
            return 0;
        }
        catch (Exception exception) when (
            exception is SecretSurvivedException or HttpRequestException or FleetException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            await output.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    /// <summary>Records, redacts, checks, and only then writes.</summary>
    /// <exception cref="SecretSurvivedException">Something that looks like a secret is left; nothing was written.</exception>
    /// <exception cref="InvalidOperationException">The folder holds files of somebody else, or the deployment has no such template; nothing was written.</exception>
    public static async Task<IReadOnlyList<Fixture>> RecordAsync(RecorderSettings settings, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        FixtureFiles.CheckFolder(settings.Folder);
        Recording recording = new();
        await using ServiceProvider services = BuildServices(settings, clock, recording);
        await ActivatorUtilities.CreateInstance<AgentLife>(services, settings, recording).RunAsync(cancellationToken);
        Redactor redactor = new(settings);
        Fixture[] fixtures = [.. recording.Calls.Select(redactor.Redact)];
        SecretScan.Check(fixtures, [settings.SessionToken, .. settings.Secrets, .. redactor.Dropped]);
        FixtureFiles.Write(settings.Folder, fixtures);
        return fixtures;
    }

    private static ServiceProvider BuildServices(RecorderSettings settings, TimeProvider clock, Recording recording)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton(clock);
        services.AddCoderClient(options =>
        {
            options.BaseAddress = settings.CoderUrl;
            options.SessionToken = settings.SessionToken;
            options.MaxRetries = 0;
        }).AddHttpMessageHandler(() => new RecordingHandler(recording));
        services.AddHttpClient("Coder.Client.Apps").AddHttpMessageHandler(() => new RecordingHandler(recording));
        services.AddHttpClient(AgentLife.RawClient, http => http.BaseAddress = settings.CoderUrl).AddHttpMessageHandler(() => new RecordingHandler(recording));
        services.AddFleet();
        return services.BuildServiceProvider();
    }
}

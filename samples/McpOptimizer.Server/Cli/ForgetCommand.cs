using System.CommandLine;
using System.Globalization;
using McpOptimizer.Core.Models.Learning;
using McpOptimizer.Core.Services.Learning;

namespace McpOptimizer.Server.Cli;

/// <summary><c>forget</c>: deletes what was learned from use, or shows how much there is. Works on what is stored and asks no server.</summary>
internal static class ForgetCommand
{
    public static Command Create(CommonOptions common)
    {
        Option<string?> profile = new("--profile") { Description = "Only of callers of this profile; '' for callers without one.", HelpName = "NAME" };
        Option<string?> subject = new("--subject") { Description = "Only of this token's name; '' for callers without a token.", HelpName = "NAME" };
        Option<string?> server = new("--server") { Description = "Only requests after which a tool of this server was called or passed over.", HelpName = "SERVER" };
        Option<string?> tool = new("--tool") { Description = "Only requests after which this tool was called or passed over.", HelpName = "SERVER/TOOL" };
        Option<string?> before = new("--before") { Description = "Only what is older, for example 2026-01-31.", HelpName = "DATE" };
        Option<bool> all = new("--all") { Description = "Everything." };
        Option<bool> list = new("--list") { Description = "Deletes nothing and says what is remembered." };
        Command command = new("forget", "Deletes what was learned from use (Learning:Enabled). Exit code 3 when there was nothing to delete.") { profile, subject, server, tool, before, all, list, common.Json };
        command.SetAction((result, cancellationToken) => result.GetValue(list)
            ? LocalOptimizer.RunAsync(
                common.Read(result),
                new LocalLook { Stored = true, ReadOnly = true },
                (services, _, token) => ListAsync(services.GetRequiredService<ILearningService>(), result.GetValue(common.Json), token),
                cancellationToken)
            : LocalOptimizer.RunAsync(
                common.Read(result),
                new LocalLook { Stored = true },
                async (services, _, token) =>
                {
                    ForgetRequest request = ForgetRequests.Of(
                        result.GetValue(profile), result.GetValue(subject), result.GetValue(server), result.GetValue(tool), result.GetValue(before), result.GetValue(all));
                    int forgotten = await services.GetRequiredService<ILearningService>().ForgetAsync(request, token);
                    await (result.GetValue(common.Json)
                        ? Answer.WriteJsonAsync(JsonText.Write(writer =>
                        {
                            writer.WriteStartObject();
                            writer.WriteNumber("forgotten"u8, forgotten);
                            writer.WriteEndObject();
                        }))
                        : Answer.WriteAsync($"{forgotten} request{(forgotten == 1 ? "" : "s")} forgotten."));
                    return forgotten > 0 ? 0 : CliFaults.No;
                },
                cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(ILearningService learning, bool json, CancellationToken cancellationToken)
    {
        IReadOnlyList<LearningProfile> profiles = await learning.ListAsync(cancellationToken);
        await (json ? Answer.WriteJsonAsync(Json(profiles)) : Answer.WriteAsync(profiles.Count == 0 ? "Nothing." : string.Join('\n', profiles.Select(Line))));
        return 0;
    }

    private static string Json(IReadOnlyList<LearningProfile> profiles) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("profiles"u8);
        foreach (LearningProfile profile in profiles)
        {
            writer.WriteStartObject();
            writer.WriteString("profile"u8, profile.Profile);
            writer.WriteNumber("requests"u8, profile.Requests);
            writer.WriteNumber("callers"u8, profile.Callers);
            writer.WriteNumber("tools"u8, profile.Tools);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static string Line(LearningProfile profile) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(profile.Profile.Length == 0 ? "(no profile)" : VisibleText.Escape(profile.Profile))}: {profile.Requests} requests of {profile.Callers} callers, {profile.Tools} tools, {profile.Oldest:u} to {profile.Newest:u}");
}

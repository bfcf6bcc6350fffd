using ModelContextProtocol.Protocol;

namespace Conformance;

/// <summary>What the suite asks for beside tools, prompts and resources.</summary>
internal static class FixtureHandlers
{
    private static readonly string[] Cities = ["paris", "park", "party"];

    public static void WithFixtureHandlers(this IMcpServerBuilder builder) => builder
        .WithCompleteHandler((context, _) =>
        {
            string[] values = [.. Cities.Where(city => city.StartsWith(context.Params?.Argument.Value ?? "", StringComparison.OrdinalIgnoreCase))];
            return ValueTask.FromResult(new CompleteResult { Completion = new Completion { Values = values, Total = values.Length, HasMore = false } });
        })
        .WithSubscribeToResourcesHandler((_, _) => ValueTask.FromResult(new EmptyResult()))
        .WithUnsubscribeFromResourcesHandler((_, _) => ValueTask.FromResult(new EmptyResult()))
        .WithSetLoggingLevelHandler((_, _) => ValueTask.FromResult(new EmptyResult()));
}

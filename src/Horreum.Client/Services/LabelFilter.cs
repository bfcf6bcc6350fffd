using System.Text.Json;
using Horreum.Client.Models;

namespace Horreum.Client.Services;

/// <summary>Checks label filters and completes what the caller left open.</summary>
internal static class LabelFilter
{
    private const int LongestFilter = 8192;

    /// <summary>The request with a checked filter, and with multi-value matching on when the filter holds an array and the caller did not say.</summary>
    public static T Complete<T>(T request)
        where T : LabelValueRequest
    {
        string? filter = string.IsNullOrWhiteSpace(request.Filter) ? null : request.Filter.Trim();
        if (filter is null || filter[0] == '$')
        {
            return CheckLength(filter) is var path && request.Filter == path ? request : (T)(request with { Filter = filter });
        }

        using JsonDocument? document = Parse(CheckLength(filter)!);
        if (document?.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw HorreumContractException.Invalid("filter", filter, "a JSON object of label values, or a JSONPath expression that begins with $");
        }

        bool holdsArray = document.RootElement.EnumerateObject().Any(label => label.Value.ValueKind == JsonValueKind.Array);
        return (T)(request with { Filter = filter, MultiFilter = request.MultiFilter ?? (holdsArray ? true : null) });
    }

    private static string? CheckLength(string? filter) => filter is { Length: > LongestFilter }
        ? throw HorreumContractException.Invalid("filter", filter, $"at most {LongestFilter} characters")
        : filter;

    private static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using Horreum.Client.Models;

namespace Horreum.Client.Tools;

/// <summary>Fills the members that requests share.</summary>
internal static class Requests
{
    public static T Timed<T>(ToolArguments arguments, T request)
        where T : TimedPageRequest => (T)(Paged(arguments, request) with
        {
            From = arguments.TextOrNumber("from"),
            To = arguments.TextOrNumber("to"),
            Sort = arguments.Filled("sort"),
            Direction = arguments.Direction(),
        });

    public static T Labels<T>(ToolArguments arguments, T request)
        where T : LabelValueRequest => (T)(Paged(arguments, request) with
        {
            Filter = arguments.Filter("filter"),
            Include = arguments.Words("include"),
            Exclude = arguments.Words("exclude"),
            MultiFilter = arguments.OptionalFlag("multiFilter"),
            Sort = arguments.Filled("sort"),
            Direction = arguments.Direction(),
        });

    public static T Paged<T>(ToolArguments arguments, T request)
        where T : PageRequest => (T)(request with
        {
            PageToken = arguments.Filled("pageToken"),
            PageSize = arguments.OptionalInteger("pageSize"),
            Page = arguments.OptionalInteger("page"),
        });
}

using Microsoft.Net.Http.Headers;

namespace McpOptimizer.Server.Page;

/// <summary>
/// The page at <c>/</c>, for the person who runs the optimizer. The files tell nobody anything and are open to everybody; what they show comes from <c>/api</c>, which asks for a token.
/// </summary>
internal static class OptimizerPage
{
    // Nothing inline, nothing from elsewhere, nothing that turns text into markup or code.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    private const string Forever = "public, max-age=31536000, immutable";

    public static void Map(WebApplication app)
    {
        PageFiles files = PageFiles.Load();
        Map(app, "/", files.Start, "no-cache");
        foreach ((string path, PageFile file) in files.Others)
        {
            Map(app, path, file, Forever);
        }
    }

    private static void Map(WebApplication app, string path, PageFile file, string caching) =>
        app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)(context => AnswerAsync(context, file, caching))).AllowAnonymous();

    private static async Task AnswerAsync(HttpContext context, PageFile file, string caching)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = caching;
        headers.ETag = file.Tag;
        if (EntityTagHeaderValue.TryParseList(context.Request.Headers.IfNoneMatch, out IList<EntityTagHeaderValue>? known)
            && known.Any(tag => tag.Compare(new EntityTagHeaderValue(file.Tag), useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = file.Type;
        context.Response.ContentLength = file.Content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(file.Content, context.RequestAborted);
        }
    }
}

using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Sources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace McpOptimizer.Core.Tests.Sources;

/// <summary>A registry behind an address: how much, how long, and from where.</summary>
public sealed class RegistryDownloadTests : IAsyncLifetime
{
    private const string Document = """{"servers":{"a":{"image":"image/a:1"}}}""";

    private readonly FakeTimeProvider _clock = new();
    private WebApplication _app = null!;
    private RequestDelegate _answer = context => context.Response.WriteAsync(Document);
    private ServiceProvider _services = null!;

    private string Address => _app.Urls.First();

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Run(context => _answer(context));
        await _app.StartAsync();
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_clock);
        services.AddRegistryDocumentSource($"{Address.Replace("//", "//user:pass@", StringComparison.Ordinal)}/registry.json?token=s3cret");
        _services = services.BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task List_Document_IsRead() => (await ListAsync()).Entries.Should().ContainSingle();

    [Fact]
    public void Name_Address_HidesSecrets() =>
        _services.GetRequiredService<IRegistrySource>().Name.Should().Contain("registry.json").And.NotContain("s3cret").And.NotContain("pass");

    [Fact]
    public async Task List_EndlessBody_IsRefusedAtTheCap()
    {
        byte[] chunk = new byte[1024 * 1024];
        Array.Fill(chunk, (byte)' ');
        _answer = async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            }
        };

        await FluentActions.Awaiting(ListAsync).Should().ThrowAsync<SourceFileException>().WithMessage("*larger than 64 MiB*");
    }

    [Fact]
    public async Task List_BodyThatNeverEnds_IsGivenUpAfterTheDeadline()
    {
        TaskCompletionSource begun = new();
        _answer = async context =>
        {
            await context.Response.WriteAsync("{", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        Task<RegistryListing> listing = ListAsync();
        await begun.Task;

        _clock.Advance(TimeSpan.FromSeconds(30));

        (await FluentActions.Awaiting(() => listing).Should().ThrowAsync<SourceFileException>()).Which.Message.Should().Contain("30 s").And.NotContain("s3cret");
    }

    [Fact]
    public async Task List_RedirectOnTheSameHost_IsFollowed()
    {
        _answer = context =>
        {
            if (context.Request.Path == "/moved")
            {
                return context.Response.WriteAsync(Document);
            }

            context.Response.Redirect("/moved");
            return Task.CompletedTask;
        };

        (await ListAsync()).Entries.Should().ContainSingle();
    }

    [Theory]
    [InlineData("http://127.0.0.2:{0}/registry.json")]
    [InlineData("http://localhost:{0}/registry.json")]
    [InlineData("http://127.0.0.1:1/registry.json")]
    [InlineData("//elsewhere.example/registry.json")]
    [InlineData("file:///etc/passwd")]
    public async Task List_RedirectElsewhere_IsRefused(string to)
    {
        _answer = context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = to.Replace("{0}", new Uri(Address).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            return Task.CompletedTask;
        };

        (await FluentActions.Awaiting(ListAsync).Should().ThrowAsync<SourceFileException>()).Which.Message.Should().Contain("another host").And.NotContain("s3cret");
    }

    [Fact]
    public async Task List_RedirectsInACircle_EndsWithASentence()
    {
        _answer = context =>
        {
            context.Response.Redirect("/again");
            return Task.CompletedTask;
        };

        await FluentActions.Awaiting(ListAsync).Should().ThrowAsync<SourceFileException>().WithMessage("*more than 5 times*");
    }

    private Task<RegistryListing> ListAsync() => _services.GetRequiredService<IRegistrySource>().ListAsync();
}

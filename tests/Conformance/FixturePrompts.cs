using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Conformance;

/// <summary>The prompts the suite asks for.</summary>
[McpServerPromptType]
internal sealed class FixturePrompts
{
    [McpServerPrompt(Name = "test_simple_prompt")]
    [Description("A prompt without arguments.")]
    public static PromptMessage Simple() => Say("This is a simple prompt for testing.");

    [McpServerPrompt(Name = "test_prompt_with_arguments")]
    [Description("A prompt with two arguments.")]
    public static PromptMessage WithArguments([Description("First test argument")] string arg1, [Description("Second test argument")] string arg2) =>
        Say($"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'");

    [McpServerPrompt(Name = "test_prompt_with_embedded_resource")]
    [Description("A prompt that embeds a resource.")]
    public static IEnumerable<PromptMessage> WithResource([Description("URI of the resource to embed")] string resourceUri) =>
    [
        Show(new EmbeddedResourceBlock
        {
            Resource = new TextResourceContents { Uri = resourceUri, MimeType = "text/plain", Text = "Embedded resource content for testing." },
        }),
        Say("Please process the embedded resource above."),
    ];

    [McpServerPrompt(Name = "test_prompt_with_image")]
    [Description("A prompt with a picture.")]
    public static IEnumerable<PromptMessage> WithImage() =>
        [Show(ImageContentBlock.FromBytes(Samples.Png, Samples.PngType)), Say("Please analyze the image above.")];

    [McpServerPrompt(Name = "test_input_required_result_prompt")]
    [Description("A prompt that asks for its context.")]
    public static PromptMessage WithInput(RequestContext<GetPromptRequestParams> context)
    {
        const string Key = "user_context";
        return Inputs.Text(context.Params, Key, "context") is { } given
            ? Say($"Use this context: {given}")
            : throw Inputs.Require((Key, Inputs.AskText("What context should the prompt use?", "context")));
    }

    private static PromptMessage Say(string text) => Show(new TextContentBlock { Text = text });

    private static PromptMessage Show(ContentBlock content) => new() { Role = Role.User, Content = content };
}

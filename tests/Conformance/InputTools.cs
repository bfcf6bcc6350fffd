using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Conformance;

/// <summary>Tools of protocol version 2026-07-28 that need input: they answer with what they need, and the client calls again with it.</summary>
[McpServerToolType]
internal sealed class InputTools
{
    [McpServerTool(Name = "test_input_required_result_elicitation")]
    [Description("Asks for a name.")]
    public static string Elicitation(RequestContext<CallToolRequestParams> context)
    {
        const string Key = "user_name";
        return Inputs.Text(context.Params, Key, "name") is { } name
            ? $"Hello, {name}!"
            : throw Inputs.Require((Key, Inputs.AskText("What is your name?", "name")));
    }

    [McpServerTool(Name = "test_streaming_elicitation")]
    [Description("Asks for a name, on the response stream.")]
    public static string StreamingElicitation(RequestContext<CallToolRequestParams> context) => Elicitation(context);

    [McpServerTool(Name = "test_input_required_result_sampling")]
    [Description("Asks the client's model.")]
    public static string Sampling(RequestContext<CallToolRequestParams> context)
    {
        const string Key = "capital_question";
        return Inputs.Sampled(context.Params, Key) ?? throw Inputs.Require((Key, Inputs.AskModel("What is the capital of France?", 100)));
    }

    [McpServerTool(Name = "test_input_required_result_list_roots")]
    [Description("Asks for the client's roots.")]
    public static string Roots(RequestContext<CallToolRequestParams> context)
    {
        const string Key = "client_roots";
        return Inputs.Roots(context.Params, Key) is { } roots
            ? $"Roots: {string.Join(", ", roots)}"
            : throw Inputs.Require((Key, InputRequest.ForRootsList(new ListRootsRequestParams())));
    }

    [McpServerTool(Name = "test_input_required_result_request_state")]
    [Description("Asks for a confirmation and keeps state with the client.")]
    public static string RequestState(RequestContext<CallToolRequestParams> context)
    {
        if (context.Params?.InputResponses is null)
        {
            throw Inputs.Require(SignedState.Issue("confirm"), ("confirm", Inputs.AskConsent("Please confirm")));
        }

        SignedState.Check(context.Params.RequestState, "confirm");
        return "state-ok";
    }

    [McpServerTool(Name = "test_input_required_result_tampered_state")]
    [Description("Refuses state that was changed on the way.")]
    public static string TamperedState(RequestContext<CallToolRequestParams> context) => RequestState(context);

    [McpServerTool(Name = "test_input_required_result_multiple_inputs")]
    [Description("Asks for three things at once.")]
    public static string MultipleInputs(RequestContext<CallToolRequestParams> context)
    {
        CallToolRequestParams? parameters = context.Params;
        if (Inputs.Text(parameters, "user_name", "name") is { } name
            && Inputs.Sampled(parameters, "greeting") is { } greeting
            && Inputs.Roots(parameters, "client_roots") is { } roots)
        {
            SignedState.Check(parameters?.RequestState, "three");
            return $"{greeting}, {name}! Roots: {string.Join(", ", roots)}";
        }

        throw Inputs.Require(
            SignedState.Issue("three"),
            ("user_name", Inputs.AskText("What is your name?", "name")),
            ("greeting", Inputs.AskModel("Generate a greeting", 50)),
            ("client_roots", InputRequest.ForRootsList(new ListRootsRequestParams())));
    }

    [McpServerTool(Name = "test_input_required_result_multi_round")]
    [Description("Asks twice.")]
    public static string MultiRound(RequestContext<CallToolRequestParams> context)
    {
        CallToolRequestParams? parameters = context.Params;
        if (Inputs.Text(parameters, "step2", "color") is { } color)
        {
            string name = SignedState.Check(parameters?.RequestState, "2:");
            return $"{name} likes {color}";
        }

        if (Inputs.Text(parameters, "step1", "name") is { } answer)
        {
            SignedState.Check(parameters?.RequestState, "1:");
            throw Inputs.Require(SignedState.Issue($"2:{answer}"), ("step2", Inputs.AskText("Step 2: What is your favorite color?", "color")));
        }

        throw Inputs.Require(SignedState.Issue("1:"), ("step1", Inputs.AskText("Step 1: What is your name?", "name")));
    }

    [McpServerTool(Name = "test_input_required_result_capabilities")]
    [Description("Asks only for what the client can do.")]
    public static string Capabilities(RequestContext<CallToolRequestParams> context)
    {
        ClientCapabilities? client = context.JsonRpcRequest.Context?.ClientCapabilities;
        List<(string Key, InputRequest Request)> wanted = [];
        if (client?.Elicitation is not null)
        {
            wanted.Add(("user_name", Inputs.AskText("What is your name?", "name")));
        }

        if (client?.Sampling is not null)
        {
            wanted.Add(("greeting", Inputs.AskModel("Generate a greeting", 50)));
        }

        if (wanted.Count == 0)
        {
            throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Elicitation = new(), Sampling = new() });
        }

        bool answered = wanted.TrueForAll(input => context.Params?.InputResponses?.ContainsKey(input.Key) == true);
        return answered ? "Thank you" : throw Inputs.Require([.. wanted]);
    }
}

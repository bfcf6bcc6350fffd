using Horreum.Client.Clients;

namespace Horreum.Client;

/// <summary>The Horreum REST API, by area. Safe for concurrent use; keeps no state of a call.</summary>
public interface IHorreumClient
{
    /// <summary>Tests.</summary>
    ITestClient Tests { get; }

    /// <summary>Runs.</summary>
    IRunClient Runs { get; }

    /// <summary>Datasets.</summary>
    IDatasetClient Datasets { get; }

    /// <summary>Schemas.</summary>
    ISchemaClient Schemas { get; }

    /// <summary>Labels of schemas and their values in runs, tests and datasets.</summary>
    ILabelClient Labels { get; }

    /// <summary>Transformers of schemas.</summary>
    ITransformerClient Transformers { get; }

    /// <summary>Views of a test's datasets.</summary>
    IViewClient Views { get; }

    /// <summary>Variables, detected changes, missing-data rules and datapoints.</summary>
    IAlertingClient Alerting { get; }

    /// <summary>Experiments and their profiles.</summary>
    IExperimentClient Experiments { get; }

    /// <summary>Table reports.</summary>
    IReportClient Reports { get; }

    /// <summary>Actions: what the server does when something happens.</summary>
    IActionClient Actions { get; }

    /// <summary>How users and teams are notified.</summary>
    INotificationClient Notifications { get; }

    /// <summary>Who is notified about a test.</summary>
    ISubscriptionClient Subscriptions { get; }

    /// <summary>Users, teams and API keys.</summary>
    IUserClient Users { get; }

    /// <summary>Version, sign-in and datastores.</summary>
    IConfigClient Config { get; }

    /// <summary>The banner of the web interface.</summary>
    IBannerClient Banner { get; }

    /// <summary>Time series and changes for dashboards.</summary>
    IChangesClient Changes { get; }

    /// <summary>What actions, transformations and computations logged.</summary>
    ILogClient Logs { get; }

    /// <summary>JSONPath queries evaluated on the server.</summary>
    ISqlClient Sql { get; }
}

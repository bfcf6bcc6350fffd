using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

/// <summary>Table reports.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface IReportClient
{
    /// <summary>Adds, changes or (with an empty text) removes a comment of a report. <c>POST /api/report/comment/{reportId}</c></summary>
    Task<ReportComment> UpdateCommentAsync(int reportId, ReportComment comment, CancellationToken cancellationToken = default);

    /// <summary>Lists table reports by configuration, one page. <c>GET /api/report/table</c></summary>
    Task<AllTableReports> ListAsync(ReportListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stores a report configuration and computes a report; <paramref name="edit"/> is the report to replace.
    /// <c>POST /api/report/table/config</c>
    /// </summary>
    Task<TableReport> SaveConfigAsync(TableReportConfig config, int? edit = null, CancellationToken cancellationToken = default);

    /// <summary>Stores a report configuration that was exported. <c>POST /api/report/table/config/import</c></summary>
    Task ImportConfigAsync(TableReportConfig config, CancellationToken cancellationToken = default);

    /// <summary>Reads a report configuration. <c>GET /api/report/table/config/{id}</c></summary>
    Task<TableReportConfig> GetConfigAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Reads a report configuration in the form that can be imported. <c>GET /api/report/table/config/{id}/export</c></summary>
    Task<TableReportConfig> ExportConfigAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Computes a report without storing it. <c>POST /api/report/table/preview</c></summary>
    Task<TableReport> PreviewAsync(TableReportConfig config, int? edit = null, CancellationToken cancellationToken = default);

    /// <summary>Reads a computed report. <c>GET /api/report/table/{id}</c></summary>
    Task<TableReport> GetAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Deletes a computed report. <c>DELETE /api/report/table/{id}</c></summary>
    Task DeleteAsync(int id, CancellationToken cancellationToken = default);
}

using Sasaeai.Data;

namespace Sasaeai.Features.Bodies;

/// <summary>主体: a council, a department or an organization, as the one who owns an issue. One row for each, made when first needed.</summary>
public class Body : TownRecord
{
    public Guid? CouncilId { get; init; }
    public Guid? DepartmentId { get; init; }
    public Guid? OrganizationId { get; init; }
}
